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
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  password: z.string().min(12, 'Use at least 12 characters.').max(200),
});
export type Setup = z.infer<typeof setupSchema>;

export const apiKeyCreateSchema = z.object({ name: z.string().trim().min(1).max(100) });
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  lastUsedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
