import { expect, it } from 'vitest';
import { ownAddress } from './own-address.ts';

it.each([
  [{ host: '127.0.0.1', port: 3000 }, 'http://localhost:3000'],
  [{ host: '0.0.0.0', port: 80 }, 'http://localhost:80'],
  [{ host: '192.0.2.7', port: 3000 }, 'http://192.0.2.7:3000'],
  [{ host: '2001:db8::7', port: 3000 }, 'http://[2001:db8::7]:3000'],
  [{ publicUrl: 'https://wa.example.org', host: '0.0.0.0', port: 3000 }, 'https://wa.example.org'],
])('%j is %s', (settings, address) => {
  expect(ownAddress(settings)).toBe(address);
});
