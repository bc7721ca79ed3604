import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SandboxControl } from '../control/client.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { openAccount, openNetwork } from '../testing/world.js';
import { child, node } from '../protocol/node.js';

const sha256 = (bytes: Uint8Array, encoding: 'hex' | 'base64url' = 'hex') =>
  createHash('sha256').update(bytes).digest(encoding);

type Input = Omit<Parameters<SandboxControl['sendMedia']>[1], 'to' | 'mime' | 'data'>;

describe('people send files', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  beforeEach(async () => {
    sandbox = await startSandbox();
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
  });
  afterEach(() => sandbox.close());

  const two = async () => [
    (await control.createPerson({ rule: { kind: 'silent' } })).number,
    (await control.createPerson({ rule: { kind: 'silent' } })).number,
  ];
  const bytes = randomBytes(1_000);
  const file = { mime: 'image/png', data: bytes.toString('base64') };

  it.each([
    [{ kind: 'image', caption: 'look', width: 4, height: 3, viewOnce: true } satisfies Input],
    [{ kind: 'video', caption: 'see', seconds: 7 } satisfies Input],
    [{ kind: 'gif' } satisfies Input],
    [{ kind: 'audio', seconds: 3 } satisfies Input],
    [{ kind: 'voice', seconds: 2, waveform: [0, 50, 100] } satisfies Input],
    [{ kind: 'document', fileName: 'a.pdf', caption: 'read' } satisfies Input],
    [{ kind: 'document', fileName: 'b.pdf' } satisfies Input],
    [{ kind: 'sticker', width: 512, height: 512 } satisfies Input],
  ])('%j', async (input) => {
    const [ada, bob] = await two();
    await control.sendMedia(ada!, { ...file, ...input, to: bob! });
    const seen = await control.waitForSeen(bob!, () => true);
    const { kind, caption = '', ...about } = { caption: '', ...input };
    expect(seen).toMatchObject({ kind, text: caption });
    expect(seen.media).toMatchObject({
      ...about,
      mime: 'image/png',
      size: 1_000,
      sha256: sha256(bytes),
      problem: null,
    });
  });

  it('of any size, and says when one is not what the message claims', async () => {
    const [ada, bob] = await two();
    const claimSha256 = '0'.repeat(64);
    await control.sendMedia(ada!, { ...file, kind: 'document', repeat: 20_000, to: bob! });
    await control.sendMedia(ada!, { ...file, kind: 'image', claimSha256, to: bob! });
    expect((await control.waitForSeen(bob!, ({ n }) => n === 1)).media).toMatchObject({
      size: 20_000_000,
      problem: null,
    });
    expect((await control.waitForSeen(bob!, ({ n }) => n === 2)).media).toMatchObject({ problem: 'wrong_hash' });
  });
});

describe('the media host', () => {
  const open = async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const connection = child(await companion.query('w:m', 'set', [node('media_conn')]), 'media_conn');
    const { auth = '' } = connection?.attrs ?? {};
    const { url, ca } = network.mediaHost;
    const call = (path: string, options: RequestOptions = {}, body?: Uint8Array) =>
      new Promise<{ status: number; body: Buffer; headers: IncomingMessage['headers'] }>((resolve, reject) => {
        const sent = request(new URL(path, url), { ca, agent: false, ...options }, (response) => {
          buffer(response).then(
            (read) => resolve({ status: response.statusCode ?? 0, body: read, headers: response.headers }),
            reject,
          );
        });
        sent.on('error', reject).end(body);
      });
    const put = (bytes: Uint8Array, hash = sha256(bytes, 'base64url'), word = auth) =>
      call(
        `/mms/image/${hash}?auth=${word}&token=${hash}`,
        { method: 'POST', headers: { 'content-length': bytes.length } },
        bytes,
      );
    return { network, phone, connection, url, ca, call, put };
  };
  const bytes = randomBytes(50_000);

  it('is named by media_conn, and vouched for by an authority of its own', async () => {
    const { connection, url, ca, call } = await open();
    expect(child(connection, 'host')?.attrs.hostname).toBe(new URL(url).host);
    expect(new X509Certificate(ca).ca).toBe(true);
    await expect(call('/', { ca: [] })).rejects.toThrow('unable to verify');
    expect((await call('/')).status).toBe(404);
  });

  it('keeps its authority over a restart', async () => {
    const first = await openNetwork();
    const second = await openNetwork({ store: first.store });
    expect(second.mediaHost.ca).toBe(first.mediaHost.ca);
  });

  it('takes a file under its hash, from whom it knows, and gives it whole or in parts', async () => {
    const { put, call } = await open();
    const { direct_path: path, url } = JSON.parse(String((await put(bytes)).body)) as Record<string, string>;
    expect(url).toMatch(new RegExp(`^https://127.0.0.1:\\d+/v/`));
    expect((await call(path!)).body.equals(bytes)).toBe(true);
    const part = await call(path!, { headers: { range: 'bytes=100-199' } });
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 100-199/50000' } });
    expect(part.body.equals(bytes.subarray(100, 200))).toBe(true);
    expect((await call(path!, { headers: { range: 'bytes=60000-' } })).status).toBe(416);
    expect((await put(bytes, sha256(randomBytes(4), 'base64url'))).status).toBe(400);
    expect((await put(bytes, undefined, 'wrong')).status).toBe(401);
  });

  it('loses everything on command', async () => {
    const { put, call, network } = await open();
    const { direct_path: path } = JSON.parse(String((await put(bytes)).body)) as Record<string, string>;
    expect(network.media.lose()).toBe(1);
    expect((await call(path!)).status).toBe(410);
  });

  it('fails on command', async () => {
    const { put, call, network, phone } = await open();
    const { faults } = network;
    faults.set({ account: phone.user.pn, effect: { kind: 'media-status', transfer: 'upload', status: 507 }, count: 1 });
    expect((await put(bytes)).status).toBe(507);
    faults.set({ effect: { kind: 'media-cut', transfer: 'upload' }, count: 1 });
    await expect(put(bytes)).rejects.toThrow();
    const { direct_path: path } = JSON.parse(String((await put(bytes)).body)) as Record<string, string>;
    faults.set({ effect: { kind: 'media-cut', transfer: 'download' }, count: 1 });
    await expect(call(path!)).rejects.toThrow();
    faults.set({ effect: { kind: 'media-altered' }, count: 1 });
    expect((await call(path!)).body.equals(bytes)).toBe(false);
    faults.set({ effect: { kind: 'media-status', transfer: 'download', status: 404 }, count: 1 });
    expect((await call(path!)).status).toBe(404);
    faults.set({ effect: { kind: 'media-slow', transfer: 'download', bytesPerSecond: 1_000_000 }, count: 1 });
    expect((await call(path!)).body.equals(bytes)).toBe(true);
    expect(faults.list()).toEqual([]);
  });
});
