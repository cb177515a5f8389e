/** What decides when a version counts. */
export interface Dated {
  number: number;
  state: 'draft' | 'published';
  validFrom: Date | null;
  withdrawnAt: Date | null;
}

/** The version that counts at this moment: of those that have begun the one that began last. */
export function versionInForce<Version extends Dated>(versions: readonly Version[], at: Date): Version | null {
  return latest(versions.filter((version) => counts(version) && version.validFrom! <= at));
}

/** Those that begin later, the next one first. */
export function versionsAhead<Version extends Dated>(versions: readonly Version[], at: Date): Version[] {
  return versions
    .filter((version) => counts(version) && version.validFrom! > at)
    .sort((one, other) => one.validFrom!.getTime() - other.validFrom!.getTime() || one.number - other.number);
}

export function draftOf<Version extends Dated>(versions: readonly Version[]): Version | null {
  return versions.find(({ state }) => state === 'draft') ?? null;
}

function counts({ state, withdrawnAt }: Dated): boolean {
  return state === 'published' && withdrawnAt === null;
}

function latest<Version extends Dated>(versions: readonly Version[]): Version | null {
  const isLater = (one: Version, other: Version): boolean =>
    one.validFrom! > other.validFrom! || (+one.validFrom! === +other.validFrom! && one.number > other.number);
  return versions.reduce<Version | null>((best, version) => (!best || isLater(version, best) ? version : best), null);
}
