import request from 'supertest';
import { TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

describe('the documentation of the till’s API', () => {
  it('describes every call, what it needs and how it may be refused', async () => {
    const { body } = await request(app.url).get('/api/openapi.json').expect(200);
    expect(Object.keys(body.paths).sort()).toEqual([
      '/api/ivr/v1/balance',
      '/api/ivr/v1/cards/{number}/block',
      '/api/pos/v1/batches',
      '/api/pos/v1/cards/{number}',
      '/api/pos/v1/cards/{number}/sale',
      '/api/pos/v1/purchases',
      '/api/pos/v1/purchases/quote',
      '/api/pos/v1/purchases/{id}',
      '/api/pos/v1/purchases/{id}/cancel',
      '/api/pos/v1/purchases/{id}/confirm',
      '/api/pos/v1/purchases/{id}/refunds',
    ]);
    const purchase = body.paths['/api/pos/v1/purchases'].post;
    expect(purchase.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }]);
    expect(purchase.security).toEqual([{ bearer: [] }]);
    expect(Object.keys(purchase.responses)).toEqual(['201', '400', '401', '404', '409', '422', '429']);
    expect(purchase.responses[409].description).toContain('insufficient_points');
    expect(body.components.schemas.PurchaseDto.required.sort()).toEqual(['card', 'lines', 'receipt']);
    expect(body.components.schemas.LineDto.required.sort()).toEqual(['category', 'sum']);
  });

  it('comes with a page that needs nothing inline and nothing from elsewhere', async () => {
    const { text, headers } = await request(app.url).get('/api/docs').expect(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(files).toHaveLength(4);
    for (const path of files) {
      await request(app.url).get(path).expect(200);
    }
  });
});
