import { z } from 'zod';

/** A message of a business with buttons, a list or a template; read only. `id` is what its answer carries. */
export const choicesContentSchema = z.object({
  kind: z.literal('choices'),
  text: z.string(),
  title: z.string().optional(),
  footer: z.string().optional(),
  choices: z.array(z.object({ id: z.string(), text: z.string(), description: z.string().optional() })),
});

/** The answer to one: what was chosen; read only. */
export const choiceContentSchema = z.object({ kind: z.literal('choice'), id: z.string(), text: z.string() });
