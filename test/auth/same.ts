import type { Response } from 'supertest';

/** Everything a stranger can see of an answer, without what differs from page to page anyway. */
export function sameButForTokens(answer: Response, phone: string): object {
  const headers = Object.keys(answer.headers).sort();
  const text = answer.text.replaceAll(/[0-9a-f]{64}\.[0-9a-f]{64}/g, 'token').replaceAll(phone, 'phone');
  return { status: answer.status, headers, text };
}
