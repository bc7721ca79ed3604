import { z } from 'zod';

/** What a text shows of the page behind its first link. The picture is inside: nobody who reads it loads anything. */
export const linkPreviewSchema = z.object({
  /** As it stands in the text. */
  url: z.string().max(2_048),
  title: z.string().max(300).optional(),
  description: z.string().max(1_000).optional(),
  /** A small JPEG, in base64. */
  thumbnail: z.string().max(65_536).optional(),
});
export type LinkPreview = z.infer<typeof linkPreviewSchema>;

const LINK = /https?:\/\/[^\s<>"'`]+/i;
/** What ends a sentence or a bracket around a link is no part of it. */
const AROUND = /[.,;:!?)\]}*_~]+$/;

/** The first link of a text that says its scheme; undefined where there is none. */
export function firstLink(text: string): string | undefined {
  const link = LINK.exec(text)?.[0].replace(AROUND, '');
  return link && link.length <= 2_048 && URL.canParse(link) ? link : undefined;
}
