/** An engine behind a proxy, on the sandbox: everything goes by it, and where it does not let us through, nothing goes. */
import { randomBytes } from 'node:crypto';
import { get } from 'node:https';
import { SandboxControl, startSandbox, type Sandbox } from '@trunkline/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBaileysEngine, trustSandboxRoot } from '../../engines/baileys/baileys.engine.js';
import { byNumber, type ContractWorld, TestAccount } from '../../engines/testing/linked-account.js';
import { front, type Listening } from '../testing/counted.js';
import { startProxy, type TestProxy } from '../testing/test.proxy.js';
import { proxyLine } from './proxy.line.js';
import type { ProxyAddress } from './proxy.js';

const credentials = { username: 'shop', password: 'pa:ss wörd' };
/** Known to the proxy, and to no other resolver: the domain is never handed out. */
const names = { 'sandbox.invalid': '127.0.0.1' };

describe.each(['http', 'socks5'] as const)('a %s proxy', (kind) => {
  let sandbox: Sandbox;
  let door: Listening;
  let proxy: TestProxy;
  let world: ContractWorld;

  beforeEach(async () => {
    sandbox = await startSandbox();
    trustSandboxRoot(sandbox.rootKey);
    door = await front(Number(new URL(sandbox.url).port));
    proxy = await startProxy(kind, { credentials, names });
    world = await through(proxy.address);
  });
  afterEach(async () => {
    await Promise.all(world.opened.map((session) => session.disconnect()));
    await Promise.all([proxy.close(), door.close()]);
    await sandbox.close();
  });
  const through = async (address: ProxyAddress, host = 'sandbox.invalid'): Promise<ContractWorld> => ({
    engine: createBaileysEngine(),
    control: new SandboxControl({ url: sandbox.control, token: sandbox.token }),
    endpoint: () => ({ url: `ws://${host}:${door.port}/ws/chat`, mediaCa: sandbox.media.ca }),
    line: await proxyLine(address),
    opened: [],
  });

  it('carries every byte of an account, and looks the name up itself', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'echo' } });
    const waId = await account.sendText(byNumber(ada.number), 'by a detour');
    await account.ack(waId);
    await account.message('by a detour');
    await account.session.disconnect();
    await expect.poll(() => proxy.count).toEqual(door.count);
    expect(door.count.connections).toBe(2);
    expect(door.count.up).toBeGreaterThan(10_000);
    expect(new Set(proxy.asked)).toEqual(new Set([`sandbox.invalid:${door.port}`]));
  });

  it('carries what is fetched, plain and sealed', async () => {
    const { agent, dispatcher } = await proxyLine(proxy.address);
    const { port } = new URL(sandbox.control);
    const there = `http://sandbox.invalid:${port}/`;
    expect((await fetch(there, { dispatcher } as RequestInit)).status).toBe(401);
    const { media } = sandbox;
    const sealed = `https://127.0.0.1:${new URL(media.url).port}/nothing`;
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      get(sealed, { agent, ca: media.ca }, (answer) => resolve(answer.resume().statusCode)).once('error', reject);
    });
    expect(answered).toBeGreaterThanOrEqual(400);
    // Whose certificate it is, is asked behind a proxy as well.
    await expect(fetch(sealed, { dispatcher } as RequestInit)).rejects.toThrow();
    expect(proxy.asked).toHaveLength(3);
  });

  it('carries files both ways, and where it does not, none goes by another way', async () => {
    const account = await TestAccount.online(world);
    const [bytes, signal] = [randomBytes(500_000), AbortSignal.timeout(60_000)];
    const source = {
      async *open() {
        yield bytes;
      },
    };
    const files = account.session.media!;
    const atHost = async () => {
      const counts = await world.control.counts();
      return (counts['media:uploads'] ?? 0) + (counts['media:downloads'] ?? 0);
    };
    const before = { ...proxy.count };
    const up = await files.upload(source, 'document', signal);
    expect(up.ok && proxy.count.up - before.up).toBeGreaterThan(bytes.length);
    const { reference } = up as Extract<typeof up, { ok: true }>;
    const chunks: Uint8Array[] = [];
    const sink = async (file: AsyncIterable<Uint8Array>) => {
      for await (const chunk of file) chunks.push(chunk);
    };
    const options = { most: 10_000_000, signal };
    expect(await files.download(reference, sink, options)).toEqual({ ok: true });
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(proxy.count.down - before.down).toBeGreaterThan(bytes.length);
    const port = Number(new URL(sandbox.media.url).port);
    expect(proxy.asked.filter((asked) => asked === `127.0.0.1:${port}`).length).toBeGreaterThan(0);

    // The host could be reached straight: what goes by the proxy is refused there, and nothing else is tried.
    proxy.closed.add(port);
    const [reached, asked] = [await atHost(), proxy.asked.length];
    expect(await files.download(reference, sink, options)).toMatchObject({ ok: false, code: 'unreachable' });
    expect(await files.upload(source, 'document', signal)).toMatchObject({ ok: false, code: 'unreachable' });
    expect(proxy.asked.length).toBeGreaterThan(asked);
    await proxy.close();
    expect(await files.download(reference, sink, options)).toMatchObject({ ok: false });
    expect(await atHost()).toBe(reached);
  });

  it.each([
    ['refuses the password', () => ({ ...proxy.address, credentials: { ...credentials, password: 'wrong' } })],
    ['wants a password and gets none', () => ({ kind, host: '127.0.0.1', port: proxy.port })],
    ['is another kind of server', () => ({ ...proxy.address, port: Number(new URL(sandbox.control).port) })],
    ['is not there', () => ({ ...proxy.address, port: 9 })],
  ])('that %s lets nothing through, and is named as the reason', async (_, address) => {
    // An address that a direct line could reach: none is tried.
    world = await through(address(), '127.0.0.1');
    const account = await TestAccount.create(world);
    account.open(false);
    const closed = await account.closed(20_000);
    expect(closed.reason).toBe('proxy');
    expect(JSON.stringify(closed)).not.toMatch(/wörd|wrong|shop/);
    expect(door.count).toEqual({ connections: 0, up: 0, down: 0 });
  });

  it('that cannot reach the other side is the reason, too', async () => {
    world = await through(proxy.address, 'elsewhere.invalid');
    const account = await TestAccount.create(world);
    account.open(false);
    expect((await account.closed(20_000)).reason).toBe('proxy');
  });

  it('that dies under way ends the connection; none goes round it afterwards', async () => {
    const account = await TestAccount.online(await through(proxy.address, '127.0.0.1'));
    world.opened.push(account.session);
    await proxy.close();
    expect((await account.closed()).reason).toMatch(/connection_lost|connection_closed|network_unreachable/);
    const before = { ...door.count };
    account.open(true);
    expect((await account.closed()).reason).toBe('proxy');
    expect(door.count).toEqual(before);
  });
});
