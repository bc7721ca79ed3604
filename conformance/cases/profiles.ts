/** How people look to each other: names, abouts and pictures, set by the client and by people. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { pnJid, type Case } from '../stage.js';

/** A small JPEG: some clients make their own of it, others hand it on as it is. */
const JPEG =
  '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8' +
  'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAU' +
  'EAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQAjv/2Q==';
const sha256 = createHash('sha256').update(Buffer.from(JPEG, 'base64')).digest('hex');

export const profiles: Case[] = [
  {
    name: 'sets its push name',
    run: async (stage) => {
      const { account, phone } = await stage.linked();
      await account.next('name', { name: 'Conformance' });
      await account.portray({ name: 'Conformance, evenings' });
      const renamed = ({ pushName }: { pushName: string }) => pushName === 'Conformance, evenings';
      await stage.control.until(() => stage.control.getPhone(phone.number), renamed, stage.boundMs);
    },
  },
  {
    name: 'says something about itself, and puts up a picture and takes it away',
    run: async (stage) => {
      const [{ account, phone }, ada] = [await stage.resident(), await stage.person()];
      await account.portray({ about: 'Fresh bread every day', picture: JPEG });
      const seen = await stage.control.look(ada.number, phone.number);
      expect(seen).toMatchObject({ about: 'Fresh bread every day', picture: { id: expect.any(String) } });
      await account.portray({ picture: null });
      expect((await stage.control.look(ada.number, phone.number)).picture).toBeNull();
    },
  },
  {
    name: 'sees the picture of somebody and what they say about themselves',
    run: async (stage) => {
      const [{ account }, ada] = [await stage.resident(), await stage.person()];
      expect(await account.look(pnJid(ada))).toMatchObject({ sha256: null });
      await stage.control.changePerson(ada.number, { about: 'Out for lunch' });
      await stage.control.setPicture(ada.number, Buffer.from(JPEG, 'base64'));
      expect(await account.look(pnJid(ada))).toMatchObject({ about: 'Out for lunch', sha256 });
    },
  },
  {
    name: 'is told that somebody has another picture',
    run: async (stage) => {
      const [{ account, phone }, ada] = [await stage.resident(), await stage.person()];
      const { id } = await stage.control.write(ada.number, { to: phone.number, text: 'look at me' });
      await account.next('message', { id });
      await stage.control.setPicture(ada.number, Buffer.from(JPEG, 'base64'));
      await account.next('picture', { jid: pnJid(ada), gone: false });
      await stage.control.setPicture(ada.number, null);
      await account.next('picture', { jid: pnJid(ada), gone: true });
    },
  },
];
