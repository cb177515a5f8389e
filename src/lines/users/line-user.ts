/** Who uses a company's number: somebody who works there, or a thing that reports by itself. */
export const USER_KINDS = ['person', 'device'] as const;
export type UserKind = (typeof USER_KINDS)[number];

export interface LineUser {
  name: string;
  kind: UserKind;
  /** Of a device its IMEI and where it stands, as decree 844 asks for; of a person whatever helps to find them. */
  note: string | null;
}

/** As the line knows it; without a kind nobody was named. */
export interface KnownUser {
  name: string | null;
  kind: UserKind | null;
  note: string | null;
}

/** Whether the register has to hear of them anew: another person, or another device. */
export function isAnother(before: KnownUser, after: KnownUser): boolean {
  if (before.kind !== after.kind || before.name !== after.name) return true;
  return after.kind === 'device' && before.note !== after.note;
}

export function isSame(before: KnownUser, after: KnownUser): boolean {
  return !isAnother(before, after) && before.note === after.note;
}
