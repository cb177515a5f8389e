import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import type { Request } from 'express';
import { DomainError, InvalidInput, type FieldError } from '../../shared/domain-error.js';
import { errorText, fieldText } from './error-texts.js';

type Constructor<T extends object> = new () => T;

/** What the field partial shows: what was typed, and what is wrong with it. */
export interface FormModel {
  values: Record<string, unknown>;
  errors: Record<string, string>;
  summary: { path: string; text: string }[];
  /** What is wrong with the whole, where it is no single field. */
  problem: string | null;
}

/** The form's fields as an instance of its DTO; throws InvalidInput with every field at fault. Unknown fields are dropped. */
export function validateForm<T extends object>(Dto: Constructor<T>, body: unknown): T {
  const form = plainToInstance(Dto, { ...(body as object) }, { exposeUnsetFields: false });
  const faults = validateSync(form, { whitelist: true, stopAtFirstError: true, forbidUnknownValues: true });
  if (faults.length > 0) throw new InvalidInput(faults.flatMap((fault) => fieldErrors(Dto, fault)));
  return form;
}

/** Whether the error belongs into the form that caused it: bad fields, or a refusal that other input may lift. */
export function belongsIntoForm(error: unknown): error is DomainError {
  if (!(error instanceof DomainError)) return false;
  return ['invalid', 'conflict', 'limited'].includes(error.kind) || typeof error.facts['field'] === 'string';
}

export function refusedForm(req: Request, error: DomainError): FormModel {
  const fields = error instanceof InvalidInput ? error.fields : [];
  const named =
    typeof error.facts['field'] === 'string'
      ? [{ path: error.facts['field'], text: errorText(req.language, error) }]
      : [];
  const summary = [...fields.map((field) => ({ path: field.path, text: fieldText(req.language, field) })), ...named];
  return {
    values: typedValues(req.body),
    errors: Object.fromEntries(summary.map(({ path, text }) => [path, text])),
    summary,
    problem: summary.length > 0 ? null : errorText(req.language, error),
  };
}

/** Secrets are typed anew. */
function typedValues(body: unknown): Record<string, unknown> {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(fields.filter(([name]) => !/password|code|^_csrf$/i.test(name)));
}

function fieldErrors(Dto: Constructor<object>, fault: ValidationError): FieldError[] {
  return Object.keys(fault.constraints ?? {}).map((constraint) => ({
    path: fault.property,
    code: (fault.contexts?.[constraint] as { code?: string } | undefined)?.code ?? constraint,
    params: limitsOf(Dto, fault.property, constraint),
  }));
}

/** The figures of the rule, for its text: `{{limit}}` of MaxLength, Min, …; `{{limit}}` and `{{other}}` of Length. */
function limitsOf(Dto: Constructor<object>, property: string, constraint: string): Record<string, unknown> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Dto, '', false, false);
  const rule = rules.find((candidate) => candidate.propertyName === property && candidate.name === constraint);
  const [limit, other] = (rule?.constraints ?? []) as unknown[];
  return { limit, other };
}
