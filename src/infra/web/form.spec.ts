import { IsEmail, IsIn, Length, Matches, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { DomainError, InvalidInput, LimitExceeded } from '../../shared/domain-error.js';
import { belongsIntoForm, refusedForm, validateForm } from './form.js';

class Person {
  @IsEmail()
  email!: string;

  @MaxLength(5)
  @Length(2, 5)
  name!: string;

  @Matches(/^\d+$/, { context: { code: 'card_number_length' } })
  card!: string;

  @IsIn(['female', 'male'])
  sex!: string;
}

const right = { email: 'anna@mail.ru', name: 'Анна', card: '123', sex: 'female' };

function refusal(body: unknown): InvalidInput {
  try {
    validateForm(Person, body);
  } catch (error) {
    return error as InvalidInput;
  }
  throw new Error('it was taken');
}

function form(body: unknown, error: DomainError) {
  return refusedForm({ language: 'ru', body } as Request, error);
}

it('gives the DTO and drops what it does not know', () => {
  const person = validateForm(Person, { ...right, role: 'admin' });
  expect(person).toBeInstanceOf(Person);
  expect(person).toEqual(right);
});

it('names every field at fault with the figures of the rule', () => {
  expect(refusal({ ...right, email: 'anna', name: 'Анастасия', card: 'x' }).fields).toEqual([
    { path: 'email', code: 'isEmail', params: expect.anything() },
    { path: 'name', code: 'isLength', params: { limit: 2, other: 5 } },
    { path: 'card', code: 'card_number_length', params: expect.anything() },
  ]);
});

it.each([undefined, null, 'text', [], { name: ['a', 'b'] }, JSON.parse('{"__proto__": {"email": "x"}}')])(
  'refuses %j',
  (body) => {
    expect(refusal(body).fields.map(({ path }) => path)).toContain('email');
  },
);

it('keeps what was typed, but no secrets', () => {
  const body = { ...right, password: 'hunter2', code: '123456', _csrf: 'token' };
  expect(form(body, refusal({})).values).toEqual(right);
});

it('puts a refusal at the field it names, and any other above the form', () => {
  const named = form(right, new DomainError('code_wrong', 'invalid', { field: 'code' }));
  expect(Object.keys(named.errors)).toEqual(['code']);
  expect(named.problem).toBeNull();
  const whole = form(right, new LimitExceeded(90));
  expect(whole.summary).toEqual([]);
  expect(whole.problem).toContain('2 минуты');
});

it('leaves errors that no other input would lift to the error page', () => {
  expect(belongsIntoForm(new DomainError('card_blocked', 'conflict'))).toBe(true);
  expect(belongsIntoForm(new DomainError('card_not_found', 'not_found', { field: 'card' }))).toBe(true);
  expect(belongsIntoForm(new DomainError('card_not_found', 'not_found'))).toBe(false);
  expect(belongsIntoForm(new Error('bug'))).toBe(false);
});
