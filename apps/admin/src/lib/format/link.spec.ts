import { expect, it } from 'vitest';
import { hostOf } from './link';

it('names the host of what a browser may open, and nothing else', () => {
  expect(hostOf('https://example.com/shirts?size=m')).toBe('example.com');
  expect(hostOf('http://example.com:8080')).toBe('example.com:8080');
  expect(hostOf('javascript:alert(1)')).toBeUndefined();
  expect(hostOf('data:text/html,hi')).toBeUndefined();
  expect(hostOf('shirts')).toBeUndefined();
});
