import { Curve, proto, WA_CERT_DETAILS } from 'baileys';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkServer } from './certificate.js';
import { FrameCipher } from './frame.cipher.js';
import { contentOf, frame, FrameReader, introOf } from './frames.js';
import { KeepAlive } from './keep.alive.js';

describe('frames', () => {
  it.each([
    [1, 700],
    [4, 700],
    [5, 700],
    [65_536, 70_000],
    [80_000, 70_000],
  ])('are found again when they come in pieces of %i bytes', (size, long) => {
    const all = Buffer.concat(['one', 'x'.repeat(long), 'three'].map((text) => frame(Buffer.from(text))));
    const [reader, found] = [new FrameReader(), [] as Buffer[]];
    for (let at = 0; at < all.length; at += size) found.push(...reader.read(all.subarray(at, at + size)));
    expect(found.map((each) => each.length)).toEqual([3, long, 5]);
    expect(found[2]!.toString()).toBe('three');
  });

  it('have the route and the protocol before the first', () => {
    const protocol = Buffer.from('WA\x06\x03');
    const intro = introOf(protocol, Buffer.from('route'));
    expect(intro).toEqual(Buffer.concat([Buffer.from('ED\0\x01\0\0\x05route'), protocol]));
    expect(introOf(protocol, undefined)).toEqual(protocol);
    expect(contentOf(frame(Buffer.from('hello'), intro), intro.length)).toEqual(Buffer.from('hello'));
  });
});

describe('the cipher of frames', () => {
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;
  const [ours, theirs] = [() => new FrameCipher(keys[0], keys[1]), () => new FrameCipher(keys[1], keys[0])];

  it('opens what the other side sealed, in order alone', () => {
    const [client, server] = [ours(), theirs()];
    const sealed = ['one', '', 'three'].map((text) => client.seal(Buffer.from(text)));
    expect(sealed.map((each) => server.open(each).toString())).toEqual(['one', '', 'three']);
    expect(() => theirs().open(sealed[1]!)).toThrow();
  });

  it('opens nothing that was altered, or cut', () => {
    const sealed = ours().seal(Buffer.from('text'));
    for (const length of [0, 4, 8, 15, 19]) expect(() => theirs().open(sealed.subarray(0, length))).toThrow();
    expect(() => theirs().open(Buffer.concat([sealed.subarray(0, -1), Buffer.from([sealed.at(-1)! ^ 1])]))).toThrow();
  });
});

describe('the chain of the server', () => {
  const real = WA_CERT_DETAILS.PUBLIC_KEY;
  const [root, issuer, server, other] = Array.from({ length: 4 }, Curve.generateKeyPair);
  beforeEach(() => void (WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root!.public)));
  afterEach(() => void (WA_CERT_DETAILS.PUBLIC_KEY = real));

  const { Details } = proto.CertChain.NoiseCertificate;
  const signed = (by: Uint8Array, fields: object) => {
    const details = Details.encode(Details.fromObject({ notBefore: 0, notAfter: 0, ...fields })).finish();
    return { details, signature: Curve.sign(by, details) };
  };
  const chain = ({ leafBy = issuer!, by = root!, issuerSerial = 0 } = {}) =>
    proto.CertChain.encode({
      leaf: signed(leafBy.private, { serial: 2, issuerSerial: 1, key: server!.public }),
      intermediate: signed(by.private, { serial: 1, issuerSerial, key: issuer!.public }),
    }).finish();

  it('is taken, each time that it is shown', () => {
    const shown = chain();
    for (let time = 0; time < 3; time += 1) expect(() => checkServer(shown, server!.public)).not.toThrow();
    expect(() => checkServer(shown, other!.public)).toThrow('another key');
  });

  it.each([
    ['a leaf that somebody else signed', () => chain({ leafBy: other! })],
    ['an issuer that the root did not sign', () => chain({ by: other! })],
    ['an issuer of another root', () => chain({ issuerSerial: 7 })],
    ['no certificates', () => proto.CertChain.encode({}).finish()],
  ])('is refused with %s, also after a good one (S1)', (_what, shown) => {
    checkServer(chain(), server!.public);
    expect(() => checkServer(shown(), server!.public)).toThrow(/certificate/);
  });
});

describe('the keep-alive', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('pings each interval, and finds a line dead on which nothing came for one and 5 s (S11)', () => {
    const [ping, lost] = [vi.fn(), vi.fn()];
    const alive = new KeepAlive(15_000, ping, lost);
    alive.start();
    vi.advanceTimersByTime(15_000);
    alive.heard();
    vi.advanceTimersByTime(15_000);
    expect([ping.mock.calls.length, lost.mock.calls.length]).toEqual([2, 0]);
    vi.advanceTimersByTime(15_000);
    expect([ping.mock.calls.length, lost.mock.calls.length]).toEqual([2, 1]);
    alive.stop();
    vi.advanceTimersByTime(60_000);
    expect(lost).toHaveBeenCalledOnce();
  });
});
