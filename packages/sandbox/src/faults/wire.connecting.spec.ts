/** Each fault of a connection that is made, as a client sees it (protocol.md B.9). */
import { expect, it } from 'vitest';
import { chainFlaws } from '../protocol/certificate.js';
import { node } from '../protocol/node.js';
import { selfSignedCertificate } from '../protocol/self.signed.js';
import { Companion } from '../testing/companion.js';
import { linkedAccount, openAccount, openNetwork, until } from '../testing/world.js';

const QUICK = 150;

it.each([429, 403, 503])('the upgrade is answered with %i', async (status) => {
  const network = await openNetwork();
  const { companion } = await linkedAccount(network);
  network.faults.set({ effect: { kind: 'upgrade', status }, count: 1 });
  await expect(companion.logIn()).rejects.toThrow(`HTTP ${status}`);
  expect((await companion.logIn()).tag).toBe('success');
});

it('the upgrade is never answered', async () => {
  const network = await openNetwork();
  const { companion } = await linkedAccount(network);
  network.faults.set({ effect: { kind: 'upgrade' } });
  const outcome = companion.logIn().catch((error: Error) => error.message);
  await until(() => network.counts()['faults:upgrade'] === 1);
  network.faults.clear();
  await network.close();
  expect(await outcome).toMatch(/hang up|ECONNRESET|socket/);
});

it('the account in the URL is the one that is struck', async () => {
  const network = await openNetwork();
  const [mine, other] = [await linkedAccount(network), await linkedAccount(network)];
  network.faults.set({ account: mine.phone.user.pn, effect: { kind: 'upgrade', status: 429 } });
  const { url } = mine.companion;
  mine.companion.url = `${url}?account=${mine.phone.user.pn}`;
  await expect(mine.companion.logIn()).rejects.toThrow('HTTP 429');
  const routing = Buffer.from(`${mine.phone.user.lid}:1`).toString('base64url');
  mine.companion.url = `${url}?ED=${routing}`;
  await expect(mine.companion.logIn()).rejects.toThrow('HTTP 429');
  expect((await other.companion.logIn()).tag).toBe('success');
});

it('connections are refused by the system, and taken again on the same port', async () => {
  const network = await openNetwork();
  const { companion } = await linkedAccount(network);
  await network.setListening(false);
  await expect(companion.logIn()).rejects.toThrow('ECONNREFUSED');
  await network.setListening(true);
  expect((await companion.logIn()).tag).toBe('success');
});

it('new ones are refused while those that are open go on', async () => {
  const network = await openNetwork();
  const { companion } = await openAccount(network);
  await network.setListening(false);
  await companion.query('w:p', 'get', [node('ping')]);
});

it("the TLS certificate is nobody's", async () => {
  const network = await openNetwork({ tls: selfSignedCertificate() });
  expect(network.url).toMatch(/^wss:/);
  await expect(new Companion(network.url, network.rootKey).showQr()).rejects.toThrow('self-signed certificate');
});

it('there is no server hello', async () => {
  const network = await openNetwork();
  const { companion } = await linkedAccount(network);
  network.faults.set({ effect: { kind: 'no-server-hello' } });
  await expect(companion.logIn()).rejects.toThrow('no server hello');
});

it.each(chainFlaws)('the chain is bad: %s', async (flaw) => {
  const network = await openNetwork();
  const { phone, companion } = await linkedAccount(network);
  network.faults.set({ effect: { kind: 'bad-certificate', flaw } });
  await expect(companion.logIn()).rejects.toThrow(flaw);
  network.faults.clear();
  await companion.goOnline();
  network.faults.set({ account: phone.user.pn, effect: { kind: 'bad-certificate', flaw } });
  await expect(companion.logIn()).rejects.toThrow(flaw);
  expect((await linkedAccount(network)).companion.jid).toContain(':1@');
});

it.each([401, 402, 403, 405, 409, 500, 503])('the login fails with %i', async (reason) => {
  const network = await openNetwork();
  const { phone, companion } = await linkedAccount(network);
  const attributes = { expire: '3600', code: '101' };
  network.faults.set({
    account: phone.user.pn,
    phase: 'connecting',
    effect: { kind: 'failure', reason, attributes },
  });
  expect((await companion.logIn()).attrs).toEqual({ reason: String(reason), ...attributes });
  await companion.closed();
});

it('the client is too old, and a newer one is not', async () => {
  const network = await openNetwork();
  const { companion } = await linkedAccount(network);
  network.faults.set({ effect: { kind: 'least-version', version: [2, 3000, 2] } });
  expect((await companion.logIn()).attrs.reason).toBe('405');
  companion.version = [2, 3000, 2];
  expect((await companion.logIn()).tag).toBe('success');
});

it('nothing is said after the handshake', async () => {
  const network = await openNetwork();
  const { phone, companion } = await linkedAccount(network);
  network.faults.set({ account: phone.user.pn, phase: 'connecting', effect: { kind: 'black-hole' } });
  await companion.reconnect();
  expect(await companion.client.ping(QUICK)).toBe(false);
  expect(companion.client.received).toEqual([]);
});
