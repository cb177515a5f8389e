// The library itself; elements use it by their hx- attributes.
import 'htmx.org';
