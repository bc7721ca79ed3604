/** Small files of every kind, as far as it takes for what looks at them. */
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

export const picture = (background: string, format: 'png' | 'webp' | 'jpeg' = 'png', width = 320, height = 240) =>
  sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();

/** The head of an MP4, and nothing that could be played. */
export const film = () =>
  Buffer.concat([Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), randomBytes(500)]);

/** The same of an MP3. */
export const sound = () =>
  Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.from('fffb9000', 'hex'), randomBytes(500)]);

export interface PageFile {
  name: string;
  type: string;
  /** Base64. */
  data: string;
  /** So many times over. */
  repeat?: number;
}

export const pageFile = (name: string, type: string, bytes: Uint8Array): PageFile => ({
  name,
  type,
  data: Buffer.from(bytes).toString('base64'),
});

type Happening = 'paste' | 'dragenter' | 'drop' | 'dragleave';

/** What the browser tells the page when a person pastes or drops files: here by script, since no one holds a mouse. */
export const happen = (page: Page, selector: string, event: Happening, files: readonly PageFile[]): Promise<void> =>
  page.evaluate(
    ([at, type, given]) => {
      const bytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      for (const { name, type: mime, data: base64, repeat = 1 } of given) {
        const blob = new Blob([bytes(base64)]);
        data.items.add(new File(Array<Blob>(repeat).fill(blob), name, { type: mime }));
      }
      const common = { bubbles: true, cancelable: true };
      const told =
        type === 'paste'
          ? new ClipboardEvent(type, { ...common, clipboardData: data })
          : new DragEvent(type, { ...common, dataTransfer: data });
      document.querySelector(at)!.dispatchEvent(told);
    },
    [selector, event, files] as const,
  );
