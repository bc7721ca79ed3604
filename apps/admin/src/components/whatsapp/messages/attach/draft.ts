import { fitsKind, type MediaKind, MEDIA_FITS, type SendContent, UNSTORED_MEDIA } from '@trunkline/contracts';

/** A file that is about to be sent, as a person has set it. */
export interface Draft {
  id: string;
  file: File;
  /** Null for what cannot be sent at all. */
  kind: MediaKind | null;
  caption: string;
  viewOnce: boolean;
}

/** In the order in which they are offered; the first that a file fits is what it is sent as, unless a person says otherwise. */
const OFFERED: MediaKind[] = ['image', 'video', 'gif', 'audio', 'voice', 'sticker', 'document'];

/** Why a file cannot be sent as anything. */
export type Refusal = { why: 'empty' } | { why: 'tooBig'; most: number };

export function refusalOf({ size }: { size: number }, most: number): Refusal | null {
  if (size === 0) return { why: 'empty' };
  const limit = Math.min(most, MEDIA_FITS.document.mostBytes);
  return size > limit ? { why: 'tooBig', most: limit } : null;
}

/** By what the browser says of it; the server looks at its content. Always as a document at least. */
export const kindsOf = ({ type, size }: { type: string; size: number }): MediaKind[] =>
  OFFERED.filter((kind) => fitsKind(kind, { mime: type, size }));

const SEEN = /^(image|video|audio)\//;
const AS: Record<string, MediaKind> = { image: 'image', video: 'video', audio: 'audio' };

/** What the file looks like but cannot be sent as, so that it goes as a document: which is to be said. */
export function missedKind({ type, size }: { type: string; size: number }): MediaKind | null {
  const kind = AS[SEEN.exec(type)?.[1] ?? ''];
  return kind && kindsOf({ type, size })[0] === 'document' ? kind : null;
}

const CAPTIONED: ReadonlySet<MediaKind> = new Set(['image', 'video', 'gif', 'document']);
export const takesCaption = (kind: MediaKind | null): boolean => kind !== null && CAPTIONED.has(kind);
export const takesViewOnce = (kind: MediaKind | null): boolean => kind === 'image' || kind === 'video';

/** The file's own id comes with its upload. */
export function contentOfDraft({ kind, caption, file }: Draft): SendContent | null {
  if (kind === null) return null;
  const words = takesCaption(kind) && caption.trim() !== '' ? { caption: caption.trim() } : {};
  const name = kind === 'document' && file.name ? { fileName: file.name.slice(0, 255) } : {};
  return { kind, mediaId: UNSTORED_MEDIA, ...words, ...name } as SendContent;
}
