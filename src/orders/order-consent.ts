import { TEXT_VERSIONS } from '../customers/consents.js';

/** The version in force of `/legal/order`. */
export const ORDER_TEXT_VERSION = TEXT_VERSIONS.order;
