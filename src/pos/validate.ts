import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type FieldError, InvalidInput } from '../shared/domain-error.js';

/** The body as an instance of its DTO; throws InvalidInput naming every field at fault as `lines[0].sum`. */
export function validateBody<T extends object>(Dto: new () => T, body: unknown): T {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new InvalidInput([{ path: '', code: 'object' }]);
  }
  const dto = plainToInstance(Dto, body, { exposeUnsetFields: false });
  const faults = validateSync(dto, { whitelist: true, stopAtFirstError: true, forbidUnknownValues: true });
  if (faults.length > 0) {
    throw new InvalidInput(faults.flatMap((fault) => fieldErrors(fault, '')));
  }
  return dto;
}

function fieldErrors(fault: ValidationError, parent: string): FieldError[] {
  const path = pathOf(fault.property, parent);
  const own = Object.keys(fault.constraints ?? {}).map((name) => {
    const context = fault.contexts?.[name] as { code: string; params: Record<string, unknown> } | undefined;
    return { path, code: context?.code ?? name, params: context?.params ?? {} };
  });
  return [...own, ...(fault.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

function pathOf(property: string, parent: string): string {
  if (/^\d+$/.test(property)) {
    return `${parent}[${property}]`;
  }
  return parent === '' ? property : `${parent}.${property}`;
}
