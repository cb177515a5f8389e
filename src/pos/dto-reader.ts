import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, isObject } from 'class-validator';

type Dto<T extends object = object> = new () => T;
type Body = Readonly<Record<string, unknown>>;
type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** No JSON holds it. */
const WRONG = Symbol('wrong');
/** The value as the DTO keeps it, or WRONG. */
type Reader = (value: unknown, body: Body) => unknown;

const readers = new Map<Dto, (body: Body) => unknown>();

/**
 * A body that is right in every field as its DTO; null for any other, which class-validator is to judge. The DTO's own
 * constraints are asked, but looked up once: done anew for each body, that took longer than the purchase itself.
 */
export function readRight<T extends object>(Dto: Dto<T>, body: object): T | null {
  const read = readers.get(Dto) ?? bodyReader(Dto);
  readers.set(Dto, read);
  const dto = read(body as Body);
  return dto === WRONG ? null : (dto as T);
}

function bodyReader(Dto: Dto): (body: Body) => unknown {
  const constraints = getMetadataStorage().getTargetValidationMetadatas(Dto, '', false, false);
  const byField = Map.groupBy(constraints, ({ propertyName }) => propertyName);
  const fields = [...byField].map(([name, own]) => ({ name, read: fieldReader(Dto, name, own) }));
  return (body) => {
    const dto = new Dto() as Record<string, unknown>;
    for (const { name, read } of fields) {
      const value = read(body[name], body);
      if (value === WRONG) return WRONG;
      if (value !== undefined) dto[name] = value;
    }
    return dto;
  };
}

function fieldReader(Dto: Dto, name: string, constraints: readonly Constraint[]): Reader {
  const conditions = constraints.filter(({ type }) => type === 'conditionalValidation');
  const applies = conditions.map(({ constraints: [test] }) => test as (body: Body, value: unknown) => boolean);
  const checks = constraints.filter((one) => !conditions.includes(one) && !isNested(one)).flatMap(checksOf);
  const inside = constraints.some(isNested) ? nestedReader(Dto, name) : undefined;
  return (value, body) => {
    if (!applies.every((test) => test(body, value))) return value;
    if (!checks.every((check) => check(value, body))) return WRONG;
    return inside ? inside(value) : value;
  };
}

/** A kind of constraint that is not known here finds nothing right. */
function checksOf(constraint: Constraint): ((value: unknown, object: Body) => boolean)[] {
  const { type, constraintCls, constraints, each, propertyName: property, validateIf } = constraint;
  if (!['customValidation', 'isDefined'].includes(type) || validateIf) return [() => false];
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      const passes = (value: unknown, object: Body): boolean =>
        instance.validate(value, { value, constraints, object, property, targetName: '' }) === true;
      return each
        ? (values, object) => Array.isArray(values) && values.every((value) => passes(value, object))
        : passes;
    });
}

function nestedReader(Dto: Dto, name: string): (value: unknown) => unknown {
  // Only class-transformer knows of which class these objects are.
  const [sample] = (plainToInstance(Dto, { [name]: [{}] }) as Record<string, object[]>)[name]!;
  const Inner = sample!.constructor as Dto;
  const read = Inner === Object ? () => WRONG : bodyReader(Inner);
  const one = (value: unknown): unknown => (isObject(value) ? read(value as Body) : WRONG);
  return (value) => {
    if (!Array.isArray(value)) return one(value);
    const items = value.map(one);
    return items.includes(WRONG) ? WRONG : items;
  };
}

function isNested({ type }: Constraint): boolean {
  return type === 'nestedValidation';
}
