import { z } from 'zod';
import { networkSchema } from './account.js';

const instant = z.iso.datetime({ offset: true });
export const PROXY_KINDS = ['http', 'socks5'] as const;

const name = z.string().trim().min(1, 'Give it a name.').max(100);
const host = z
  .string()
  .trim()
  .regex(/^(?:[\w.-]+|[0-9a-f:.]+)$/i, 'Enter a name or address without protocol and port.')
  .max(253);
const port = z.int().min(1).max(65_535);
/** Longer ones do not fit into SOCKS5. */
const credential = z.string().min(1).max(255);

/** One attempt to reach a network through the proxy. */
export const proxyTestSchema = z.object({
  ok: z.boolean(),
  network: networkSchema,
  /** For people: why not; or what was reached. Never holds user name or password. */
  detail: z.string(),
  /** Until the other side was reached; null when it was not. */
  latencyMs: z.int().nullable(),
  at: instant,
});
export type ProxyTest = z.infer<typeof proxyTestSchema>;

/** User name and password are never told again. */
export const proxySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(PROXY_KINDS),
  host: z.string(),
  port: z.int(),
  hasCredentials: z.boolean(),
  poolId: z.uuid().nullable(),
  /** How many accounts go by it. */
  accounts: z.int(),
  lastTest: proxyTestSchema.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Proxy = z.infer<typeof proxySchema>;

export const proxyCredentialsSchema = z.object({ username: credential, password: credential });
export type ProxyCredentials = z.infer<typeof proxyCredentialsSchema>;

export const proxyCreateSchema = z.object({
  name,
  kind: z.enum(PROXY_KINDS),
  host,
  port,
  credentials: proxyCredentialsSchema.nullable().optional(),
  poolId: z.uuid().nullable().optional(),
});
export type ProxyCreate = z.infer<typeof proxyCreateSchema>;

/** What is left out stays; `credentials: null` takes them away. */
export const proxyPatchSchema = proxyCreateSchema.partial();
export type ProxyPatch = z.infer<typeof proxyPatchSchema>;

export const proxyTestRequestSchema = z.object({ network: networkSchema.default('whatsapp') });
export type ProxyTestRequest = z.infer<typeof proxyTestRequestSchema>;

/** Proxies of which an account is given one, which it keeps. */
export const proxyPoolSchema = z.object({ id: z.uuid(), name: z.string(), createdAt: instant, updatedAt: instant });
export type ProxyPool = z.infer<typeof proxyPoolSchema>;

export const proxyPoolCreateSchema = z.object({ name });
export type ProxyPoolCreate = z.infer<typeof proxyPoolCreateSchema>;
