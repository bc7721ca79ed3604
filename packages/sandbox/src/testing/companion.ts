import { randomBytes } from 'node:crypto';
import { deviceSigned } from '../protocol/adv.js';
import { toBigEndian } from '../protocol/bytes.js';
import { createKeys, sign, withType, type CurveKeys } from '../protocol/curve.js';
import { parseJid } from '../protocol/jid.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import {
  deviceIdentity,
  deviceProps,
  signedDeviceIdentity,
  signedDeviceIdentityHmac,
  type ClientPayload,
  type SignedDeviceIdentity,
} from '../protocol/proto.js';
import { NoiseClient } from './noise.client.js';

let queries = 0;

/** A client library in small: it is linked, logs in, asks and sends. It encrypts nothing: bodies are as a spec likes. */
export class Companion {
  readonly noise: CurveKeys = createKeys();
  readonly identity: CurveKeys = createKeys();
  readonly signedPreKey: CurveKeys = createKeys();
  readonly advSecret = randomBytes(32);
  account: SignedDeviceIdentity | undefined;
  jid = '';
  lid = '';
  routing: Uint8Array | undefined;
  private connection: NoiseClient | undefined;
  private nextPreKey = 1;

  constructor(
    /** Where the network is; it may have moved after a restart. */
    public url: string,
    private readonly rootKey: Uint8Array,
    /** As in a client's version: `2.3000.1`. */
    public version: [number, number, number] = [2, 3000, 1],
  ) {}

  get client(): NoiseClient {
    if (!this.connection) throw new Error('not connected');
    return this.connection;
  }

  /** Connects unlinked and gives the QR fields that a phone scans. */
  async showQr(): Promise<{ refs: string[] }> {
    const skey = this.signedPreKey.publicKey;
    await this.open({
      passive: false,
      pull: false,
      devicePairingData: {
        eRegid: toBigEndian(7, 4),
        eKeytype: Uint8Array.of(5),
        eIdent: this.identity.publicKey,
        eSkeyId: toBigEndian(1, 3),
        eSkeyVal: skey,
        eSkeySig: this.sign(withType(skey)),
        buildHash: new Uint8Array(16),
        deviceProps: deviceProps.encode({ os: 'Spec', platformType: 1 }),
      },
    });
    const asked = await this.next((each) => child(each, 'pair-device') && each);
    this.send(node('iq', { to: 's.whatsapp.net', type: 'result', id: asked.attrs.id }));
    const refs = children(child(asked, 'pair-device'), 'ref').map((ref) => Buffer.from(bytesOf(ref) ?? '').toString());
    return { refs };
  }

  /** Waits for `pair-success` and answers it; `spoil` changes what is signed. */
  async prove(spoil?: (signature: Uint8Array) => Uint8Array): Promise<void> {
    const success = await this.next((each) => child(each, 'pair-success') && each);
    const pair = child(success, 'pair-success');
    const box = signedDeviceIdentityHmac.decode(bytesOf(child(pair, 'device-identity')) ?? new Uint8Array());
    const signed = signedDeviceIdentity.decode(box.details ?? new Uint8Array());
    const details = signed.details ?? new Uint8Array();
    const message = deviceSigned(details, this.identity.publicKey, signed.accountSignatureKey ?? new Uint8Array());
    const deviceSignature = (spoil ?? ((same) => same))(this.sign(message));
    this.account = { ...signed, deviceSignature };
    const { jid = '', lid = '' } = child(pair, 'device')?.attrs ?? {};
    Object.assign(this, { jid, lid });
    const proof = signedDeviceIdentity.encode({
      details,
      accountSignature: signed.accountSignature,
      deviceSignature,
    } as SignedDeviceIdentity);
    const keyIndex = String(deviceIdentity.decode(details).keyIndex);
    const identity = node('device-identity', { 'key-index': keyIndex }, proof);
    const content = [node('pair-device-sign', {}, [identity])];
    this.send(node('iq', { to: 's.whatsapp.net', type: 'result', id: success.attrs.id }, content));
  }

  /** Logs in as the device that it was linked as, and waits for the server's word. */
  async logIn(): Promise<Node> {
    await this.reconnect();
    return this.next((each) => (each.tag === 'success' || each.tag === 'failure' ? each : undefined));
  }

  /** Logs in, uploads prekeys, becomes active, and waits until all that was stored has come. */
  async goOnline(preKeys = 10): Promise<void> {
    const word = await this.logIn();
    if (word.tag !== 'success') throw new Error(`login failed: ${JSON.stringify(word.attrs)}`);
    const routing = await this.next((each) => child(child(each, 'edge_routing'), 'routing_info'));
    this.routing = bytesOf(routing);
    await this.uploadPreKeys(preKeys);
    await this.query('passive', 'set', [node('active')]);
    await this.next((each) => child(each, 'offline') && each);
  }

  async reconnect(): Promise<void> {
    const { user, device } = parseJid(this.jid) ?? { user: '', device: 0 };
    await this.open({ username: user, device, passive: true, pull: true });
  }

  async uploadPreKeys(count: number): Promise<void> {
    const list = Array.from({ length: count }, () => {
      const content = [node('id', {}, toBigEndian(this.nextPreKey++, 3)), node('value', {}, createKeys().publicKey)];
      return node('key', {}, content);
    });
    const skey = this.signedPreKey.publicKey;
    await this.query('encrypt', 'set', [
      node('registration', {}, toBigEndian(7, 4)),
      node('type', {}, Uint8Array.of(5)),
      node('identity', {}, this.identity.publicKey),
      node('list', {}, list),
      node('skey', {}, [
        node('id', {}, toBigEndian(1, 3)),
        node('value', {}, skey),
        node('signature', {}, this.sign(withType(skey))),
      ]),
    ]);
  }

  send(stanza: Node): void {
    this.client.send(stanza);
  }

  async query(xmlns: string, type: 'get' | 'set', content?: Node[], to = 's.whatsapp.net', ms?: number): Promise<Node> {
    const id = `q${++queries}`;
    this.send(node('iq', { to, xmlns, type, id }, content));
    return this.next((each) => (each.tag === 'iq' && each.attrs.id === id ? each : undefined), ms);
  }

  /** A message with a body for each named device; resolves with the ack. */
  async message(id: string, to: string, devices: string[], ms?: number): Promise<Node> {
    this.sendMessage(id, to, devices);
    return this.next((each) => (each.tag === 'ack' && each.attrs.id === id ? each : undefined), ms);
  }

  sendMessage(id: string, to: string, devices: string[]): void {
    const enc = (jid: string): Node => node('enc', { v: '2', type: 'msg' }, Buffer.from(`${id} for ${jid}`));
    const participants = devices.map((jid) => node('to', { jid }, [enc(jid)]));
    this.send(node('message', { id, to, type: 'text' }, [node('participants', {}, participants)]));
  }

  next<T>(fits: (stanza: Node) => T | undefined, ms?: number): Promise<T> {
    return this.client.take((each) => ('node' in each ? fits(each.node) : undefined), 'such node', ms);
  }

  /** The code with which the connection closed. */
  closed(ms?: number): Promise<number> {
    return this.client.take((each) => ('closed' in each ? each.closed : undefined), 'close', ms);
  }

  private sign(message: Uint8Array): Uint8Array {
    return sign(this.identity.privateKey, message);
  }

  private async open(payload: ClientPayload): Promise<void> {
    const [primary, secondary, tertiary] = this.version;
    const userAgent = { platform: 14, appVersion: { primary, secondary, tertiary } };
    const { url, rootKey, noise, routing } = this;
    this.connection = await NoiseClient.connect({ url, rootKey, noise, routing, payload: { ...payload, userAgent } });
  }
}
