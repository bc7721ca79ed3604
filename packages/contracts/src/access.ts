import { z } from 'zod';

export const ROLES = ['owner', 'admin', 'operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const meSchema = z.object({
  kind: z.enum(['user', 'key']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(ROLES),
});
export type Me = z.infer<typeof meSchema>;

/** The owner's first step, with the one-time link from the terminal. */
export const setupSchema = z.object({
  token: z.string().min(20),
  name: z.string().trim().min(1, 'Enter your name.').max(100),
  email: z.email(),
  password: z.string().min(12, 'Use at least 12 characters.').max(200),
});
export type Setup = z.infer<typeof setupSchema>;

/** A key acts with a role of its own, never above its maker's; nobody makes an owner's key. */
export const apiKeyCreateSchema = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(100),
  role: z.enum(['admin', 'operator', 'viewer']).default('operator'),
});
export type ApiKeyCreate = z.input<typeof apiKeyCreateSchema>;
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters, so that a person can tell keys apart. */
  prefix: z.string(),
  role: z.enum(ROLES),
  createdAt: z.iso.datetime({ offset: true }),
  lastUsedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** The answer to making a key: the only time that `key` is shown. */
export const apiKeyCreatedSchema = apiKeySchema.extend({ key: z.string() });
export type ApiKeyCreated = z.infer<typeof apiKeyCreatedSchema>;

export const signInSchema = z.object({
  email: z.email(),
  password: z.string().min(1).max(200),
  /** False: the cookie ends with the browser. */
  rememberMe: z.boolean().default(true),
});
export type SignIn = z.input<typeof signInSchema>;

export const passwordChangeSchema = z.object({
  currentPassword: z.string().min(1).max(200),
  newPassword: setupSchema.shape.password,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/** Who is signed in with this browser, and until when. */
export const sessionSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(ROLES) }),
  session: z.object({ id: z.string(), expiresAt: z.iso.datetime({ offset: true }) }),
});
export type Session = z.infer<typeof sessionSchema>;
