/** Files both ways, each opened by who gets it: encrypted, put to the media host and fetched by the client's own code. */
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Medium } from '../driver.js';
import { pnJid, type Case } from '../stage.js';

const WAVEFORM = Array.from({ length: 64 }, (_, at) => at);
const some = (length: number) => randomBytes(length).toString('base64');
/** The smallest there is: who makes pictures small for a preview wants to read it. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const MEDIA: Record<string, Medium> = {
  'a picture with a caption': { kind: 'image', mime: 'image/png', data: PIXEL, caption: 'look' },
  'a picture that may be looked at once': { kind: 'image', mime: 'image/png', data: PIXEL, viewOnce: true },
  'a film with a caption': { kind: 'video', mime: 'video/mp4', data: some(20_000), caption: 'see' },
  'a film that plays by itself': { kind: 'gif', mime: 'video/mp4', data: some(3_000), caption: 'ha' },
  'a song': { kind: 'audio', mime: 'audio/mpeg', data: some(9_000) },
  'a sticker': { kind: 'sticker', mime: 'image/webp', data: some(2_000) },
  'a document with its name': {
    kind: 'document',
    mime: 'application/pdf',
    data: some(300_001),
    fileName: 'plan.pdf',
  },
  'a document with a caption': {
    kind: 'document',
    mime: 'text/plain',
    data: some(700),
    fileName: 'terms.txt',
    caption: 'read it',
  },
  'a voice note with its waveform': {
    kind: 'voice',
    mime: 'audio/ogg; codecs=opus',
    data: some(5_000),
    waveform: WAVEFORM,
  },
};

export const digestOf = ({ data }: Medium) => {
  const bytes = Buffer.from(data, 'base64');
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
};

const said = ([name, medium]: [string, Medium]): Case => ({
  name: `sends ${name}`,
  run: async (stage) => {
    const [{ account }, ada] = [await stage.resident(), await stage.person()];
    const seen = await stage.seen(ada, await account.say(pnJid(ada), medium));
    expect(seen).toMatchObject({ kind: medium.kind, text: medium.caption ?? '' });
    const { fileName, waveform, mime, viewOnce = false } = medium;
    const told = { mime, ...(fileName && { fileName }), ...(waveform && { waveform }), viewOnce };
    expect(seen.media).toMatchObject({ ...digestOf(medium), ...told, problem: null });
  },
});

const heard = ([name, medium]: [string, Medium]): Case => ({
  name: `fetches and opens ${name}`,
  run: async (stage) => {
    const [{ account, phone }, ada] = [await stage.resident(), await stage.person()];
    const { id } = await stage.control.sendMedia(ada.number, { ...medium, to: phone.number });
    const { kind, viewOnce } = medium;
    expect(await account.heard(id)).toMatchObject({ kind, ...(viewOnce && { viewOnce }) });
    expect(await account.fetched(id)).toMatchObject(digestOf(medium));
  },
});

const PICTURE = MEDIA['a picture with a caption']!;

const captions: Case[] = [
  {
    name: 'writes another caption under its picture',
    run: async (stage) => {
      const [{ account }, ada] = [await stage.resident(), await stage.person()];
      const about = await account.say(pnJid(ada), PICTURE);
      await stage.seen(ada, about);
      const edit = await account.say(pnJid(ada), { kind: 'edit', text: 'look again', about, of: PICTURE });
      expect(await stage.seen(ada, edit)).toMatchObject({ kind: 'edit', text: 'look again', target: about });
    },
  },
  {
    name: 'hears that a picture has another caption',
    run: async (stage) => {
      const [{ account, phone }, ada] = [await stage.resident(), await stage.person()];
      const { id: about } = await stage.control.sendMedia(ada.number, { ...PICTURE, to: phone.number });
      await account.heard(about);
      const content = { kind: 'edit', messageId: about, text: 'look again', of: 'image' } as const;
      const { id } = await stage.control.say(ada.number, { to: phone.number, content });
      expect(await account.heard(id)).toMatchObject({ kind: 'edit', text: 'look again', about });
    },
  },
];

export const files: Case[] = [...Object.entries(MEDIA).map(said), ...Object.entries(MEDIA).map(heard), ...captions];
