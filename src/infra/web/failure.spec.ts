import { MisdirectedException, NotFoundException } from '@nestjs/common';
import { DomainError, InvalidInput, LimitExceeded } from '../../shared/domain-error.js';
import { failureOf } from './failure.js';
import { problemOf } from './problem.js';

it.each([
  [new DomainError('card_blocked', 'conflict'), 409, 'card_blocked'],
  [new DomainError('card_not_found', 'not_found'), 404, 'card_not_found'],
  [new LimitExceeded(30), 429, 'rate_limited'],
  [new NotFoundException(), 404, 'not_found'],
  [new MisdirectedException(), 421, 'wrong_host'],
  [Object.assign(new Error('entity too large'), { status: 413, expose: true }), 413, 'payload_too_large'],
  [Object.assign(new Error('charset'), { status: 415, expose: true }), 415, 'unsupported_media_type'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 503, 'unavailable'],
  [Object.assign(new Error('shutdown'), { code: '57P01' }), 503, 'unavailable'],
  [new Error('timeout exceeded when trying to connect'), 503, 'unavailable'],
  [Object.assign(new Error('lock timeout'), { code: '55P03' }), 503, 'unavailable'],
  [Object.assign(new Error('unique'), { code: '23505' }), 500, 'internal_error'],
  [Object.assign(new Error('inside'), { status: 418 }), 500, 'internal_error'],
  [new TypeError('bug'), 500, 'internal_error'],
  ['thrown text', 500, 'internal_error'],
  [null, 500, 'internal_error'],
])('%s', (error, status, code) => {
  expect(failureOf(error)).toMatchObject({ status, code });
});

it('tells programs what, where and what to do, in Russian', () => {
  const problem = problemOf(failureOf(new InvalidInput([{ path: 'lines[0].sum', code: 'isString' }])));
  expect(problem).toEqual({
    type: 'urn:problem:invalid_request',
    title: 'Проверьте введённые данные',
    status: 400,
    detail: 'Исправьте запрос: что не так, названо в errors.',
    code: 'invalid_request',
    errors: [{ path: 'lines[0].sum', message: 'Заполните это поле' }],
  });
});

it('says nothing about what broke inside', () => {
  expect(JSON.stringify(problemOf(failureOf(new Error('password=hunter2'))))).not.toContain('hunter2');
});
