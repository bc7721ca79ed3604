import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const wrong = (env: Record<string, string>) => () => readEnvironment(env);

describe('the environment', () => {
  it('has a working default for everything', () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', SANDBOX: true, WORKERS: 1, LOG_LEVEL: 'info' });
    expect(environment).toMatchObject({ TRUST_PROXY: false, TRUNKLINE_TEST_CLOCK: false, DATABASE_URL: undefined });
    expect(environment.DATA_DIR).toMatch(/^\/.*\/data$/);
  });

  it('takes an empty value for unset', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', SANDBOX: '', WA_VERSION: '' })).toEqual(readEnvironment({}));
  });

  it('turns the sandbox off beside a database of one’s own, unless it is asked for', () => {
    const DATABASE_URL = 'postgres://u:p@db/x';
    expect(readEnvironment({ DATABASE_URL }).SANDBOX).toBe(false);
    expect(readEnvironment({ DATABASE_URL, SANDBOX: 'on' }).SANDBOX).toBe(true);
  });

  it('names variable, value and what is allowed', () => {
    expect(wrong({ PORT: 'x' })).toThrow('PORT is "x"; it must be a port from 0 to 65535 (0 takes any free one).');
    expect(wrong({ PORT: '65536' })).toThrow('PORT is "65536"');
    expect(wrong({ SANDBOX: 'yes' })).toThrow('SANDBOX is "yes"; it must be on or off.');
    expect(wrong({ WORKERS: '0' })).toThrow('WORKERS is "0"');
    expect(wrong({ LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL is "loud"; it must be trace, debug,');
    expect(wrong({ PUBLIC_URL: 'https://x.org/path' })).toThrow('PUBLIC_URL is "https://x.org/path"');
  });

  it.each([
    ['TRUNKLINE_ADMIN_PASSWORD', 'tooShort1'],
    ['TRUNKLINE_API_KEY', 'not-long-enough'],
    ['TRUNKLINE_VAULT_KEY', 'c2hvcnQ='],
    ['DATABASE_URL', 'mysql://user:hunter2@host/x'],
  ])('never shows the value of %s', (name, value) => {
    expect(wrong({ [name]: value })).toThrow(`${name} is a value that is not shown here; it must be `);
    expect(wrong({ [name]: value })).not.toThrow(value);
  });

  it('reads what has parts', () => {
    expect(readEnvironment({ WA_VERSION: '2.3000.17' }).WA_VERSION).toEqual([2, 3000, 17]);
    expect(readEnvironment({ TRUST_PROXY: '2' }).TRUST_PROXY).toBe(2);
    expect(readEnvironment({ TRUST_PROXY: '10.0.0.1, ::1' }).TRUST_PROXY).toBe('10.0.0.1, ::1');
    expect(readEnvironment({ PUBLIC_URL: 'https://x.org/' }).PUBLIC_URL).toBe('https://x.org');
    const key = Buffer.alloc(32, 7);
    expect(readEnvironment({ TRUNKLINE_VAULT_KEY: key.toString('hex') }).TRUNKLINE_VAULT_KEY).toEqual([key]);
    expect(readEnvironment({ TRUNKLINE_VAULT_KEY: key.toString('base64') }).TRUNKLINE_VAULT_KEY).toEqual([key]);
    const two = `${key.toString('hex')}, ${Buffer.alloc(32, 8).toString('base64')}`;
    expect(readEnvironment({ TRUNKLINE_VAULT_KEY: two }).TRUNKLINE_VAULT_KEY).toEqual([key, Buffer.alloc(32, 8)]);
    expect(wrong({ TRUNKLINE_VAULT_KEY: `${key.toString('hex')},` })).toThrow('not shown here');
  });

  it('wants together what belongs together', () => {
    expect(wrong({ TRUNKLINE_ADMIN_EMAIL: 'a@b.org' })).toThrow('set both or neither');
    expect(wrong({ SANDBOX_URL: 'ws://127.0.0.1:1/' })).toThrow('SANDBOX_URL is set without SANDBOX_ROOT_KEY');
    expect(wrong({ SANDBOX_CA: 'ca.pem' })).toThrow('SANDBOX_CA is set without SANDBOX_URL');
    const foreign = { SANDBOX_URL: 'ws://127.0.0.1:1/', SANDBOX_ROOT_KEY: 'ab'.repeat(32) };
    expect(wrong({ ...foreign, SANDBOX: 'off' })).toThrow('while SANDBOX is off');
  });
});
