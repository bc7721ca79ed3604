import { expect } from 'vitest';
import type { Case } from '../stage.js';

/** Linking, logging in, and losing the link (protocol.md B.4, B.4b, B.5). */
export const pairing: Case[] = [
  {
    name: 'pairs by QR and logs in',
    async run(stage) {
      const { phone } = await stage.linked();
      const { companions } = await stage.control.getPhone(phone.number);
      expect(companions).toHaveLength(1);
    },
  },
  {
    name: 'pairs by code and logs in',
    async run(stage) {
      const { phone, account } = await stage.newcomer();
      await account.link(phone.number);
      const { code } = await account.next('code');
      await stage.control.typeCode(phone.number, { code });
      await stage.settle(account);
    },
  },
  {
    name: 'pairs at a server that names the device by LID only',
    async run(stage) {
      const { phone, account } = await stage.newcomer();
      await account.link();
      const { text } = await account.next('qr');
      await stage.control.scan(phone.number, { qr: text, lidOnly: true });
      await stage.settle(account);
    },
  },
  {
    name: 'logs in again with the same credentials',
    async run(stage) {
      const { account } = await stage.linked();
      await account.close();
      await account.login();
      expect(account.all('qr')).toHaveLength(1);
    },
  },
  {
    name: 'learns its push name',
    async run(stage) {
      const { account } = await stage.linked();
      await account.next('name', { name: 'Conformance' });
    },
  },
  {
    name: 'takes the name that a business has as its own',
    async run(stage) {
      const { phone, account } = await stage.newcomer();
      await account.link();
      const { text } = await account.next('qr');
      await stage.control.scan(phone.number, { qr: text, businessName: 'Ada and Sons' });
      await account.next('name', { name: 'Ada and Sons' });
    },
  },
  {
    name: 'learns a new push name that the phone chose',
    async run(stage) {
      const { account, phone } = await stage.linked();
      await account.next('name', { name: 'Conformance' });
      await stage.control.changePhone(phone.number, { pushName: 'Renamed' });
      await account.next('name', { name: 'Renamed' });
    },
  },
  {
    name: 'is told that the phone unlinked it',
    async run(stage) {
      const { account, phone } = await stage.linked();
      await unlinkAll(stage.control, phone.number);
      await account.next('closed', { reason: 'unlinked' });
    },
  },
  {
    name: 'is told at its next login that the phone unlinked it',
    async run(stage) {
      const { account, phone } = await stage.linked();
      await account.close();
      await unlinkAll(stage.control, phone.number);
      await account.tryLogin();
      await account.next('closed', { reason: 'unlinked' });
    },
  },
  {
    name: 'unlinks itself',
    async run(stage) {
      const { account, phone } = await stage.linked();
      // Whether the call resolves or is cut off by the end of the connection is the client's own taste.
      await Promise.allSettled([account.logout()]);
      await account.next('closed');
      const companions = async (): Promise<number> => (await stage.control.getPhone(phone.number)).companions.length;
      await stage.control.until(companions, (count) => count === 0);
    },
  },
  {
    name: 'is told that its number was banned',
    async run(stage) {
      const { account, phone } = await stage.linked();
      await stage.control.ban(phone.number, { kind: 'final' });
      await account.next('closed', { reason: 'banned' });
    },
  },
  {
    name: 'is told that its number is banned for a while, and comes back after it',
    async run(stage) {
      const { account, phone } = await stage.linked();
      await stage.control.ban(phone.number, { kind: 'temporary', seconds: 3_600 });
      await account.next('closed', { reason: 'temporarily_banned' });
      await stage.control.liftBan(phone.number);
      await account.login();
    },
  },
  {
    name: 'gives way to a second connection of the same device',
    async run(stage) {
      const { account } = await stage.linked();
      await account.rival();
      await account.next('closed', { reason: 'replaced' });
    },
  },
];

type Control = Parameters<Case['run']>[0]['control'];

async function unlinkAll(control: Control, number: string): Promise<void> {
  for (const { device } of (await control.getPhone(number)).companions) await control.unlink(number, device);
}
