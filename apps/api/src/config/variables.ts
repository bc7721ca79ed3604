import { resolve } from 'node:path';
import { z } from 'zod';
import { cloneRoot } from './clone-root.ts';
import { address, keyList, onOff, oneOf, secret, text, variable, wholeNumber } from './variable.ts';

const path = (value: string) => resolve(cloneRoot, value);

/** Every variable that a person may set. `.env.example` tells the same, and a spec holds the two together. */
export const variables = {
  PORT: variable('a port from 0 to 65535 (0 takes any free one)', wholeNumber(0, 65535, 3000)),
  HOST: variable('an address of this machine to listen on', z.string().default('127.0.0.1')),
  PUBLIC_URL: variable(
    'the address that browsers use, as https://name without a path',
    address('http:', 'https:')
      .refine((value) => new URL(value).pathname === '/')
      .optional(),
  ),
  TRUST_PROXY: variable(
    'off, on, a number of proxies in front, or their addresses with commas',
    text(/^(on|off|\d{1,2}|[0-9a-fA-F.:/, ]+)$/)
      .optional()
      .transform(readTrust),
  ),
  DATA_DIR: variable('a folder', z.string().default('data').transform(path)),
  DATABASE_URL: secret('postgres://user:password@host/database', address('postgres:', 'postgresql:').optional()),
  PAGES: variable('on or off', onOff().default(true)),
  SANDBOX: variable('on or off', onOff().optional()),
  SANDBOX_URL: variable(
    'the address of a sandbox that is not ours, as wss://host/path',
    address('ws:', 'wss:').optional(),
  ),
  SANDBOX_ROOT_KEY: variable('32 bytes in hex', text(/^[0-9a-f]{64}$/i).optional()),
  SANDBOX_CA: variable('a PEM file', z.string().transform(path).optional()),
  WORKERS: variable('a number of processes for each network, from 1 to 64', wholeNumber(1, 64, 1)),
  MEDIA_MAX_MB: variable('a number of megabytes from 1 to 2048', wholeNumber(1, 2048, 128)),
  MEDIA_KEEP_DAYS: variable('a number of days; 0 keeps for ever', wholeNumber(0, 36_500, 0)),
  MEDIA_QUOTA_MB: variable('a number of megabytes; 0 sets no bound', wholeNumber(0, 999_999_999, 0)),
  LINK_PREVIEW_ALLOW: variable(
    'addresses or ranges with commas, as 10.1.0.0/16',
    text(/^[0-9a-fA-F.:/, ]+$/)
      .optional()
      .transform((value) => value?.split(/[ ,]+/).filter(Boolean) ?? []),
  ),
  S3_BUCKET: variable('the name of a bucket', text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional()),
  S3_REGION: variable('a region, as eu-central-1', z.string().default('us-east-1')),
  S3_ENDPOINT: variable('the address of the server, as https://host', address('http:', 'https:').optional()),
  S3_ACCESS_KEY_ID: variable('the name of a key', z.string().optional()),
  S3_SECRET_ACCESS_KEY: secret('the key itself', z.string().optional()),
  S3_PREFIX: variable('a path that ends with /', text(/^([\w.-]+\/)+$/).or(z.undefined().transform(() => ''))),
  LOG_LEVEL: variable(
    'trace, debug, info, warn, error or silent',
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
  ),
  TRUNKLINE_ADMIN_EMAIL: variable('an e-mail address', z.email().optional()),
  TRUNKLINE_ADMIN_PASSWORD: secret('12 to 128 characters', z.string().min(12).max(128).optional()),
  TRUNKLINE_API_KEY: secret('32 to 256 letters, digits, - or _', text(/^[\w-]{32,256}$/).optional()),
  TRUNKLINE_VAULT_KEY: secret(
    '32 bytes in base64 or hex; two with a comma while the key is rotated',
    keyList(32).optional(),
  ),
  TRUNKLINE_TEST_CLOCK: variable('on or off', onOff().default(false)),
  WA_VERSION: variable(
    'three numbers with dots, as 2.3000.1023223821',
    text(/^\d+\.\d+\.\d+$/)
      .transform((value) => value.split('.').map(Number) as [number, number, number])
      .optional(),
  ),
};

export type VariableName = keyof typeof variables;

function readTrust(value = 'off'): boolean | number | string {
  if (value === 'on' || value === 'off') return value === 'on';
  return /^\d+$/.test(value) ? Number(value) : value;
}
