export interface KnownName {
  surname: string | null;
  name: string | null;
  /** With the patronymic, for the clerk to read. */
  fullName: string;
}

interface TypedName {
  surname: string;
  name: string;
}

/** Which of the names on the document is not the one in the profile; null where both are, or the profile has none. */
export function differingName(known: Pick<KnownName, 'surname' | 'name'>, typed: TypedName): 'surname' | 'name' | null {
  const differs = (field: 'surname' | 'name'): boolean => {
    const told = plain(known[field] ?? '');
    return told !== '' && told !== plain(typed[field]);
  };
  return (['surname', 'name'] as const).find(differs) ?? null;
}

const LEGAL_FORM = /^(ооо|оао|зао|пао|нао|ао|ип|ано|нко|тсж|снт|гуп|муп)(?=[^\p{L}])/u;

/** «ООО „Ель“» and «Ель» are one name. */
export function isSameCompany(one: string, other: string): boolean {
  return companyName(one) === companyName(other);
}

function companyName(name: string): string {
  return plain(lower(name).replace(LEGAL_FORM, ''));
}

/** Case, ё, spaces and signs do not make another name. */
function plain(text: string): string {
  return lower(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

function lower(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replaceAll('ё', 'е');
}
