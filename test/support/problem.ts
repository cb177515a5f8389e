import type { Response } from 'supertest';

/** The answer is a problem of RFC 9457 with this status and code, its title fit for a cashier's display. */
export function expectProblem(answer: Response, status: number, code: string): void {
  expect([answer.status, answer.body.code, answer.text.length > 0]).toEqual([status, code, true]);
  expectProblemShape(answer);
}

/** Any refusal: 4xx, problem+json, a stable code, a short Russian title, no gap in its texts. */
export function expectProblemShape({ status, type, body }: Response): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(type).toBe('application/problem+json');
  expect(body).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/), type: expect.any(String) });
  expect(body.title).toMatch(/^[А-ЯЁ][^{}\n]{2,39}$/);
  expect(body.detail).toMatch(/^[А-ЯЁ][^{}]+$/);
  for (const error of body.errors ?? []) {
    expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/^[^{}]+$/) });
  }
}

/** A bad request that names exactly these fields. */
export function expectFields(answer: Response, paths: readonly string[]): void {
  expect({ status: answer.status, code: answer.body.code, paths: pathsOf(answer) }).toEqual({
    ...{ status: 400, code: 'invalid_request', paths: [...paths].sort() },
  });
  expectProblemShape(answer);
}

function pathsOf({ body }: Response): string[] {
  const errors = (body.errors ?? []) as { path: string }[];
  return errors.map(({ path }) => path).sort();
}
