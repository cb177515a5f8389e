import { plainToInstance } from 'class-transformer';
import { isObject, validateSync, type ValidationError } from 'class-validator';
import { type FieldError, InvalidInput } from '../shared/domain-error.js';
import { childPath, shapeFault } from './body-shape.js';
import { readRight } from './dto-reader.js';

/** A till that sends rubbish does not get it all back. */
const MOST_FAULTS = 100;

/** The body as an instance of its DTO; throws InvalidInput naming the fields at fault as `lines[0].sum`. */
export function validateBody<T extends object>(Dto: new () => T, body: unknown): T {
  if (!isObject(body)) {
    throw new InvalidInput([{ path: '', code: 'object' }]);
  }
  const fault = shapeFault(body);
  if (fault) {
    throw new InvalidInput([fault]);
  }
  return readRight(Dto, body) ?? judged(Dto, body);
}

function judged<T extends object>(Dto: new () => T, body: object): T {
  const dto = plainToInstance(Dto, body, { exposeUnsetFields: false });
  const faults = validateSync(dto, { whitelist: true, stopAtFirstError: true, forbidUnknownValues: true });
  if (faults.length > 0) {
    throw new InvalidInput(faults.flatMap((each) => fieldErrors(each, '')).slice(0, MOST_FAULTS));
  }
  return dto;
}

function fieldErrors(fault: ValidationError, parent: string): FieldError[] {
  const path = childPath(parent, fault.property);
  const own = Object.keys(fault.constraints ?? {}).flatMap((name) => {
    const context = fault.contexts?.[name] as { code: string; params: Record<string, unknown> } | undefined;
    const paths = name === 'isObject' ? pathsOfNoObjects(path, fault.value) : [path];
    return paths.map((at) => ({ path: at, code: context?.code ?? name, params: context?.params ?? {} }));
  });
  return [...own, ...(fault.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** Of a list that should hold objects the validator names the list alone. */
function pathsOfNoObjects(path: string, value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  const wrong = items.flatMap((item, index) => (isObject(item) ? [] : [childPath(path, String(index))]));
  return wrong.length > 0 ? wrong : [path];
}
