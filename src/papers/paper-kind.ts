export const PAPER_KINDS = ['contract', 'act', 'instruction'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export function isPaperKind(kind: unknown): kind is PaperKind {
  return (PAPER_KINDS as readonly unknown[]).includes(kind);
}
