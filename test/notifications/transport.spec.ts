import { loadConfig } from '../../src/infra/config/load-config.js';

const REAL = { DATABASE_URL: 'postgres://localhost/card', SECRET: 'Kq7vXw2Zr9Lm4Tn8Bc5Hd1Fg6Js3Py0AbQe' };

describe('how SMS leave', () => {
  it('is the inbox in the demo and nowhere else', () => {
    expect(loadConfig('all', {}).smsTransport).toBe('dev_inbox');
    expect(loadConfig('web', REAL).smsTransport).toBe('none');
    expect(() => loadConfig('web', { ...REAL, SMS_TRANSPORT: 'dev_inbox' })).toThrow('works in the demo only');
  });
});
