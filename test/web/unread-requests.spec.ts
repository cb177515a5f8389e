import { connect } from 'node:net';
import { useApp } from '../support/app.js';

const app = useApp();

interface Answer {
  status: number;
  type: string;
  body: { status: number; code: string; title: string; detail: string; errors?: unknown };
}

/** What the server says to these very bytes. */
async function say(bytes: string): Promise<Answer> {
  const { hostname, port } = new URL(app.url);
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (part) => (received += String(part)));
    socket.on('close', () => resolve(received)).on('error', reject);
  });
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  return {
    status: Number(head.split(' ')[1]),
    type: /content-type: (.*)/i.exec(head)?.[1] ?? '',
    body: JSON.parse(body) as Answer['body'],
  };
}

const LONG = 'x'.repeat(20_000);

it.each([
  ['a path of 20 kB', `GET /api/pos/v1/cards/${LONG} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers_too_large'],
  ['a header of 20 kB', `GET /api/pos/v1/cards/1 HTTP/1.1\r\nX-Much: ${LONG}\r\n\r\n`, 431, 'headers_too_large'],
  ['no HTTP', 'hello\r\n\r\n', 400, 'invalid_request'],
  ['a header that is none', 'GET /api/pos/v1/cards/1 HTTP/1.1\r\nno colon\r\n\r\n', 400, 'invalid_request'],
  [
    'a length that is none',
    'POST /api/pos/v1/quotes HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n',
    400,
    'invalid_request',
  ],
])('%s is answered as a problem', async (_what, bytes, status, code) => {
  const answer = await say(bytes);
  expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8', body: { status, code } });
  expect(answer.body.title.length).toBeLessThanOrEqual(40);
  expect(answer.body.errors).toBeUndefined();
  expect(answer.body.detail).not.toContain('errors');
});
