import { z } from 'zod';
import { networkSchema } from './account.js';
import { pageQuery } from './page.js';

const instant = z.iso.datetime({ offset: true });

export const ACTOR_KINDS = ['user', 'key', 'system', 'person'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How somebody came onto the list: by a STOP word, by hand, by an import, or because a number moved to them. */
export const OPT_OUT_SOURCES = ['stop_word', 'by_hand', 'import', 'number_moved'] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

/** How they left it. `merged`: the row of the same person's other half stands instead. */
export const OPT_IN_SOURCES = ['start_word', 'consent', 'merged'] as const;
export type OptInSource = (typeof OPT_IN_SOURCES)[number];

const actorSchema = z.object({ kind: z.enum(ACTOR_KINDS), name: z.string() });

/** From "stop" to the "start" that ended it, if one has. While `lifted` is null nothing is sent to the person. */
export const optOutSchema = z.object({
  id: z.uuid(),
  network: networkSchema,
  personId: z.uuid(),
  phoneNumber: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable(),
  since: instant,
  source: z.enum(OPT_OUT_SOURCES),
  by: actorSchema,
  /** What they wrote, or what was noted. */
  note: z.string().nullable(),
  /** The account they wrote to, and the message. */
  accountId: z.uuid().nullable(),
  messageId: z.uuid().nullable(),
  lifted: z
    .object({
      at: instant,
      source: z.enum(OPT_IN_SOURCES),
      by: actorSchema,
      /** Of a consent: how and when it was given. */
      note: z.string().nullable(),
    })
    .nullable(),
});
export type OptOut = z.infer<typeof optOutSchema>;

export const optOutListQuery = pageQuery.extend({
  network: networkSchema.optional(),
  personId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
  state: z.enum(['standing', 'lifted', 'all']).optional(),
});

/** By hand: a phone number, a LID (`…@lid`), or the person of a chat. */
export const optOutCreateSchema = z
  .object({
    network: networkSchema.default('whatsapp'),
    to: z.string().trim().min(1).max(100).optional(),
    personId: z.uuid().optional(),
    note: z.string().trim().max(500).optional(),
  })
  .refine((body) => (body.to === undefined) !== (body.personId === undefined), {
    path: ['to'],
    message: 'Give either to, a phone number such as +628123456789 or a LID, or personId.',
  });
export type OptOutCreate = z.input<typeof optOutCreateSchema>;

export const consentSchema = z.object({
  /** How and when the person agreed to messages again; kept as the proof. */
  note: z.string().trim().min(3, 'Say how and when the person agreed.').max(500),
});
export type Consent = z.infer<typeof consentSchema>;

/** Under the limit of a body; a longer list is imported in parts, and what is there already does no harm. */
export const OPT_OUT_CSV_MAX = 900_000;

export const optOutImportSchema = z.object({
  network: networkSchema.default('whatsapp'),
  /** A number or LID in each row: in the column `phone`, or in the first one. A column `note` is kept. */
  csv: z.string().min(1, 'The file is empty.').max(OPT_OUT_CSV_MAX, 'Import the file in parts of less than 900 kB.'),
  /** Of numbers without a country code: two letters, such as ID. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Give the country by two letters, such as ID.')
    .optional(),
});
export type OptOutImport = z.input<typeof optOutImportSchema>;

export const IMPORT_OUTCOMES = ['added', 'already', 'wrong'] as const;
export const optOutImportedSchema = z.object({
  added: z.int(),
  already: z.int(),
  wrong: z.int(),
  /** One for each row of the file; `row` counts from 1, a heading too. */
  rows: z.array(
    z.object({
      row: z.int(),
      value: z.string(),
      outcome: z.enum(IMPORT_OUTCOMES),
      message: z.string().nullable(),
    }),
  ),
});
export type OptOutImported = z.infer<typeof optOutImportedSchema>;
