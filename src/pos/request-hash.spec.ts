import { requestHash } from './request-hash.js';

const hash = (text: string, path = '/a'): string => requestHash('POST', path, JSON.parse(text)).toString('hex');

describe('requestHash', () => {
  it('does not mind the order of keys or spacing', () => {
    expect(hash('{"a":1,"b":{"c":[1,2],"d":null}}')).toBe(hash('{ "b": {"d": null, "c": [1, 2]}, "a": 1.0 }'));
  });

  it.each([
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":[1,2]}', '{"a":[2,1]}'],
    ['{"a":null}', '{}'],
    ['{"a":{"b":1},"c":2}', '{"a":{"b":1,"c":2}}'],
    ['{"__proto__":1}', '{}'],
  ])('tells %s from %s', (one, other) => {
    expect(hash(one)).not.toBe(hash(other));
  });

  it('is bound to method and path, and takes no body for an empty one', () => {
    expect(hash('{}')).not.toBe(hash('{}', '/b'));
    expect(requestHash('POST', '/a', undefined)).toEqual(requestHash('POST', '/a', {}));
    expect(requestHash('PUT', '/a', {})).not.toEqual(requestHash('POST', '/a', {}));
  });
});
