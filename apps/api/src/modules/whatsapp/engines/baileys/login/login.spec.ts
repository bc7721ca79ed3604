import type { BinaryNode } from 'baileys';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { unpackCreds, type KeptCreds } from '../records/creds.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { Login } from './login.js';

const SUCCESS = node('success', { t: '1', lid: '500:3@lid' });
const PROPS = node('props', { hash: 'h2' }, [
  node('prop', { config_code: '10518', config_value: 'true' }),
  node('prop', { name: 'lid_trusted_token_issue_to_lid', value: '1' }),
  node('prop', { config_code: '99', config_value: 'true' }),
]);

describe('a login', () => {
  let network: FakeNetwork;
  const opened = vi.fn();
  const blocklist = vi.fn(async () => undefined);
  const prekeys = vi.fn(async () => undefined);
  beforeEach(() => {
    vi.clearAllMocks();
    network = new FakeNetwork();
    Object.assign(network.socket, {
      sendUnifiedSession: async () => undefined,
      uploadPreKeysToServerIfRequired: prekeys,
      uploadPreKeys: prekeys,
    });
    network.answer = ({ attrs }) =>
      attrs.xmlns === 'abt' ? [PROPS] : attrs.xmlns === 'encrypt' ? [node('digest')] : [];
    network.socket.ev.on('connection.update', ({ connection }) => opened(connection));
  });
  const accept = () => new Login(network.account, blocklist).accepted(SUCCESS);
  const asked = () => network.taken.map(({ attrs }) => attrs.xmlns);
  const stored = async (): Promise<KeptCreds> =>
    unpackCreds((await network.journal.get('creds', ['creds'])).get('creds')!);

  it('looks after everything the first time, keeps what it learnt, and asks for nothing but to be active the next', async () => {
    await accept();
    expect(asked()).toEqual(['passive', 'encrypt', 'abt', 'privacy']);
    expect([prekeys.mock.calls.length, blocklist.mock.calls.length]).toEqual([1, 1]);
    expect(await stored()).toMatchObject({
      lastPropHash: 'h2',
      props: { privacyTokenOn1to1: true, lidTrustedTokenIssueToLid: true },
    });

    network.taken.length = 0;
    Object.assign(network.socket.serverProps, { lidTrustedTokenIssueToLid: false });
    await accept();
    expect(asked()).toEqual(['passive']);
    expect(network.socket.serverProps.lidTrustedTokenIssueToLid).toBe(true);
    expect([opened.mock.calls.length, prekeys.mock.calls.length]).toEqual([2, 1]);
  });

  it.each([25 * 3_600_000, -60_000])('looks again after a day, and when the clock was set back: %i ms', async (ago) => {
    Object.assign(network.creds, { lookedAfterAt: Date.now() - ago, lastPropHash: 'h1' });
    await accept();
    expect(asked()).toContain('abt');
    const [query] = network.asked('abt');
    expect((query!.content as BinaryNode[])[0]!.attrs.hash).toBe('h1');
  });

  it('makes new keys where the server has none of ours', async () => {
    network.answer = () => [];
    await accept();
    expect(prekeys).toHaveBeenCalledTimes(2);
  });

  it('is not open while the server has not answered that we are active', async () => {
    network.answer = () => null;
    await accept();
    expect(opened).not.toHaveBeenCalled();
  });

  it('looks again the next time where an answer was missing', async () => {
    network.answer = ({ attrs }) => (attrs.xmlns === 'abt' ? null : [node('digest')]);
    await accept();
    expect(opened).toHaveBeenCalledWith('open');
    expect((network.creds as KeptCreds).lookedAfterAt).toBeUndefined();
  });
});
