import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBrokenError, type SealPlace, Vault } from './vault.js';

const vault = new Vault(randomBytes(32));
const place: SealPlace = { accountId: 'a', kind: 'creds', id: 'creds' };

describe('the vault', () => {
  it('opens what it sealed, where it was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), fc.string(), (value, accountId, id) => {
        const at = { accountId, kind: 'session', id };
        expect(vault.open(at, vault.seal(at, value)).equals(value)).toBe(true);
      }),
    );
  });

  it('refuses another account, kind or id: rows cannot be swapped', () => {
    const sealed = vault.seal(place, Buffer.from('secret'));
    for (const other of [{ accountId: 'b' }, { kind: 'pre-key' }, { id: 'creds2' }]) {
      expect(() => vault.open({ ...place, ...other }, sealed)).toThrow(SealBrokenError);
    }
  });

  it('does not spell two places alike', () => {
    const sealed = vault.seal({ accountId: 'a', kind: 'b","c', id: 'd' }, Buffer.from('x'));
    expect(() => vault.open({ accountId: 'a', kind: 'b', id: 'c","d' }, sealed)).toThrow(SealBrokenError);
  });

  it('refuses any flipped bit, and what is too short', () => {
    const sealed = vault.seal(place, Buffer.from('secret'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => vault.open(place, flipped)).toThrow(SealBrokenError);
    }
    expect(() => vault.open(place, sealed.subarray(0, 20))).toThrow(SealBrokenError);
  });

  it('refuses another key, and shows none', () => {
    const other = new Vault(randomBytes(32));
    expect(() => other.open(place, vault.seal(place, Buffer.from('x')))).toThrow(SealBrokenError);
    expect(other.keyId).toMatch(/^[0-9a-f]{16}$/);
  });
});
