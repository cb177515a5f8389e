export const CONSENT_KINDS = ['personal_data', 'programme_rules', 'mailings', 'order'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** Where it was given: each is a page or a world of ours; at the desk it was told to a clerk. */
export type ConsentSource = 'activation' | 'virtual_card' | 'profile' | 'order' | 'desk' | 'demo';

/** The versions in force of the texts under `/legal`; a changed text gets a new date here. */
export const TEXT_VERSIONS: Record<ConsentKind, string> = {
  personal_data: '2025-01-01',
  programme_rules: '2025-01-01',
  mailings: '2025-01-01',
  order: '2025-01-01',
};
