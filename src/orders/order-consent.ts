/** The version in force of `/legal/order`; a changed text gets a new date here. */
export const ORDER_TEXT_VERSION = '2025-01-01';
