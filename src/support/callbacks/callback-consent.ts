/** The version in force of `/legal/callback`; a changed text gets a new date here. */
export const CALLBACK_TEXT_VERSION = '2025-01-01';
