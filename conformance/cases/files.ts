/** Files both ways, each opened by who gets it: encrypted, put to the media host and fetched by the client's own code. */
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Medium } from '../driver.js';
import { pnJid, type Case } from '../stage.js';

const WAVEFORM = Array.from({ length: 64 }, (_, at) => at);
/** The smallest there is: who makes pictures small for a preview wants to read it. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const MEDIA: Record<string, Medium> = {
  'a picture with a caption': { kind: 'image', mime: 'image/png', data: PIXEL, caption: 'look' },
  'a document with its name': {
    kind: 'document',
    mime: 'application/pdf',
    data: randomBytes(300_001).toString('base64'),
    fileName: 'plan.pdf',
  },
  'a voice note with its waveform': {
    kind: 'voice',
    mime: 'audio/ogg; codecs=opus',
    data: randomBytes(5_000).toString('base64'),
    waveform: WAVEFORM,
  },
};

const digestOf = ({ data }: Medium) => {
  const bytes = Buffer.from(data, 'base64');
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
};

const said = ([name, medium]: [string, Medium]): Case => ({
  name: `sends ${name}`,
  run: async (stage) => {
    const [{ account }, ada] = [await stage.resident(), await stage.person()];
    const seen = await stage.seen(ada, await account.say(pnJid(ada), medium));
    expect(seen).toMatchObject({ kind: medium.kind, text: medium.caption ?? '' });
    const { fileName, waveform, mime } = medium;
    const told = { mime, ...(fileName && { fileName }), ...(waveform && { waveform }) };
    expect(seen.media).toMatchObject({ ...digestOf(medium), ...told, problem: null });
  },
});

const heard = ([name, medium]: [string, Medium]): Case => ({
  name: `fetches and opens ${name}`,
  run: async (stage) => {
    const [{ account, phone }, ada] = [await stage.resident(), await stage.person()];
    const { id } = await stage.control.sendMedia(ada.number, { ...medium, to: phone.number });
    expect(await account.heard(id)).toMatchObject({ kind: medium.kind });
    expect(await account.fetched(id)).toMatchObject(digestOf(medium));
  },
});

export const files: Case[] = [...Object.entries(MEDIA).map(said), ...Object.entries(MEDIA).map(heard)];
