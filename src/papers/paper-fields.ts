/** What a template may name in double braces, in the order in which staff see it beside the template. */
export const FIELD_NAMES = [
  'paper.number',
  'paper.date',
  'brand.name',
  'brand.legalName',
  'brand.inn',
  'brand.ogrn',
  'brand.address',
  'brand.phone',
  'customer.name',
  'customer.company',
  'customer.phone',
  'customer.email',
  'customer.address',
  'order.number',
  'operator.name',
  'tariff.name',
  'tariff.price',
  'tariff.packages',
  'tariff.conditions',
  'line.number',
  'sim.kind',
  'sim.what',
  'sim.condition',
  'sim.install',
  'cabinet.address',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Filled in by the room that issues; what is left out is a line to write on. */
export type PaperFields = Partial<
  Record<Exclude<FieldName, `paper.${string}` | `brand.${string}` | `cabinet.${string}`>, string>
>;

export function isFieldName(name: string): name is FieldName {
  return (FIELD_NAMES as readonly string[]).includes(name);
}

/** How its owner gets into the cabinet: by the digits of the card, by those of an eSIM, or as they did before. */
export type LogIn = 'digits' | 'esim' | 'owner';
