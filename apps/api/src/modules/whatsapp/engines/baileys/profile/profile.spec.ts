import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import { expect, it } from 'vitest';
import type { GroupJid, LidUser, PhoneDigits } from '../../../jid.js';
import type { Portrayed } from '../../profile.js';
import type { AppState } from '../chats/app.state.js';
import type { MediaLine } from '../media/media.line.js';
import { pack } from '../records/plain.js';
import { FakeNetwork } from '../testing/fake-network.js';
import { Profile } from './profile.js';

const ada = { phone: '7' as PhoneDigits, lid: '77' as LidUser };
const eve = { phone: '8' as PhoneDigits, lid: null };

/** What was asked about the picture of somebody, of an account that has a token of Ada. */
async function asked(of: Portrayed, wanted = true): Promise<BinaryNode | undefined> {
  const network = new FakeNetwork();
  Object.assign(network.socket.serverProps, { profilePicPrivacyToken: wanted });
  await network.account.signal.mapping.storeLIDPNMappings([{ pn: '7@s.whatsapp.net', lid: '77@lid' }]);
  const timestamp = String(Math.floor(Date.now() / 1000));
  network.journal.put('tctoken', '77@lid', pack({ token: Buffer.from('token of ada'), timestamp }));
  const { account, ended } = network;
  const profile = new Profile(account, {} as AppState, {} as MediaLine, ended.signal);
  expect(await profile.picture(of, null, ended.signal)).toEqual({ ok: true, picture: null });
  return getBinaryNodeChild(network.asked('w:profile:picture')[0], 'picture');
}
const tokenIn = (picture: BinaryNode | undefined) => getBinaryNodeChild(picture, 'tctoken')?.content;

it('sends the token of a chat along when it asks for the picture of whom it is with', async () => {
  expect(tokenIn(await asked(ada))).toEqual(Buffer.from('token of ada'));
  expect(tokenIn(await asked({ ...ada, phone: null }))).toEqual(Buffer.from('token of ada'));
});

it('sends none of somebody who gave none, of groups, of its own, and where the server wants none', async () => {
  const others: Portrayed[] = [eve, '1@g.us' as GroupJid, 'own'];
  for (const of of others) expect(tokenIn(await asked(of))).toBeUndefined();
  expect(tokenIn(await asked(ada, false))).toBeUndefined();
});
