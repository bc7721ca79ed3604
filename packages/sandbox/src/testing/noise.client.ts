import { WebSocket, type RawData } from 'ws';
import { frame, INTRO } from '../protocol/frame.js';
import { createKeys, verify, type CurveKeys } from '../protocol/curve.js';
import { fromBytes, toBytes } from '../protocol/codec.js';
import { NoiseState, TransportCipher } from '../protocol/noise.js';
import type { Node } from '../protocol/node.js';
import {
  certificateChain,
  certificateDetails,
  clientPayload,
  handshakeMessage,
  type ClientPayload,
} from '../protocol/proto.js';

const XX = 'Noise_XX_25519_AESGCM_SHA256';

export interface ClientOptions {
  url: string;
  rootKey: Uint8Array;
  noise: CurveKeys;
  payload: ClientPayload;
  routing?: Uint8Array | undefined;
  headers?: Record<string, string>;
}

/** What came over the connection: a node, or why it is over. */
export type Received = { node: Node } | { undecodable: true } | { closed: number };

/**
 * The client's side of a connection, as strict as a client can be, written against protocol.md and not against the
 * server: what specs speak to the network with.
 */
export class NoiseClient {
  readonly received: Received[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly frames: Uint8Array[] = [];
  private bytes = Buffer.alloc(0);
  private ciphers: { outgoing: TransportCipher; incoming: TransportCipher } | undefined;
  private closedWith: number | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.read(data as Buffer & RawData));
    socket.on('close', (code) => this.note({ closed: (this.closedWith = code) }));
    socket.on('error', () => socket.terminate());
  }

  /** Rejects with `HTTP <status>` when the upgrade is refused, and when the chain or the handshake is wrong. */
  static async connect(options: ClientOptions): Promise<NoiseClient> {
    const socket = new WebSocket(options.url, { headers: options.headers ?? {}, perMessageDeflate: false });
    const client = new NoiseClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
      socket.once('unexpected-response', (_, { statusCode }) => reject(new Error(`HTTP ${statusCode}`)));
    });
    try {
      await client.handshake(options);
    } catch (error) {
      socket.terminate();
      throw error;
    }
    return client;
  }

  get isClosed(): boolean {
    return this.closedWith !== undefined;
  }

  send(node: Node): void {
    const sealed = this.ciphers?.outgoing.encrypt(toBytes(node));
    if (sealed) this.socket.send(frame(sealed));
  }

  sendGarbage(): void {
    this.socket.send(frame(new Uint8Array(40)));
  }

  /** Resolves when the server answers a WebSocket ping, false when it does not within `ms`. */
  ping(ms = 300): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.socket.once('pong', () => (clearTimeout(timer), resolve(true)));
      this.socket.ping();
    });
  }

  close(): void {
    this.socket.close();
  }

  terminate(): void {
    this.socket.terminate();
  }

  /** Takes the first thing that fits out of what was received, waiting for it if need be. */
  async take<T>(fits: (received: Received) => T | undefined, what: string, ms = 5_000): Promise<T> {
    const end = performance.now() + ms;
    for (;;) {
      for (const [index, each] of this.received.entries()) {
        const found = fits(each);
        if (found === undefined) continue;
        this.received.splice(index, 1);
        return found;
      }
      const left = end - performance.now();
      if (this.isClosed) throw new Error(`no ${what}: closed with ${this.closedWith}`);
      if (left <= 0) throw new Error(`no ${what} within ${ms} ms; there is ${JSON.stringify(this.received)}`);
      await this.changed(left);
    }
  }

  private changed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
    });
  }

  private async handshake({ rootKey, noise: own, payload, routing }: ClientOptions): Promise<void> {
    const ephemeral = createKeys();
    const state = new NoiseState(XX, INTRO);
    state.authenticate(ephemeral.publicKey);
    const hello = handshakeMessage.encode({ clientHello: { ephemeral: ephemeral.publicKey } });
    this.socket.send(Buffer.concat([introOf(routing), frame(hello)]));
    const { serverHello } = handshakeMessage.decode(await this.nextFrame());
    const serverEphemeral = serverHello?.ephemeral ?? new Uint8Array();
    state.authenticate(serverEphemeral);
    state.mixAgreement(ephemeral.privateKey, serverEphemeral);
    const serverStatic = state.decrypt(serverHello?.static ?? new Uint8Array());
    state.mixAgreement(ephemeral.privateKey, serverStatic);
    checkChain(state.decrypt(serverHello?.payload ?? new Uint8Array()), rootKey, serverStatic);
    const sealedStatic = state.encrypt(own.publicKey);
    state.mixAgreement(own.privateKey, serverEphemeral);
    const sealedPayload = state.encrypt(clientPayload.encode(payload));
    this.socket.send(
      frame(handshakeMessage.encode({ clientFinish: { static: sealedStatic, payload: sealedPayload } })),
    );
    const { fromInitiator, fromResponder } = state.split();
    this.ciphers = { outgoing: new TransportCipher(fromInitiator), incoming: new TransportCipher(fromResponder) };
    for (const each of this.frames.splice(0)) this.open(each);
  }

  private async nextFrame(ms = 1_000): Promise<Uint8Array> {
    const end = performance.now() + ms;
    while (this.frames.length === 0) {
      if (this.isClosed) throw new Error(`closed with ${this.closedWith}`);
      if (performance.now() >= end) throw new Error('no server hello');
      await this.changed(end - performance.now());
    }
    return this.frames.shift() ?? new Uint8Array();
  }

  private read(data: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, data]);
    while (this.bytes.length >= 3 && this.bytes.length >= 3 + this.bytes.readUIntBE(0, 3)) {
      const end = 3 + this.bytes.readUIntBE(0, 3);
      const payload = this.bytes.subarray(3, end);
      this.bytes = this.bytes.subarray(end);
      if (this.ciphers) this.open(payload);
      else this.frames.push(payload);
    }
    for (const done of this.waiting) done();
  }

  private open(payload: Uint8Array): void {
    try {
      this.note({ node: fromBytes(this.ciphers?.incoming.decrypt(payload) ?? payload) });
    } catch {
      this.note({ undecodable: true });
    }
  }

  private note(received: Received): void {
    this.received.push(received);
    for (const done of this.waiting) done();
  }
}

function introOf(routing: Uint8Array | undefined): Buffer {
  if (!routing) return Buffer.from(INTRO);
  return Buffer.concat([Uint8Array.of(0x45, 0x44, 0, 1), frame(routing), INTRO]);
}

/** All that a client can know about a chain; throws with what is wrong. */
export function checkChain(bytes: Uint8Array, rootKey: Uint8Array, serverStatic: Uint8Array): void {
  const { leaf, intermediate } = certificateChain.decode(bytes);
  const none = new Uint8Array();
  const upper = certificateDetails.decode(intermediate?.details ?? none);
  const lower = certificateDetails.decode(leaf?.details ?? none);
  const now = Date.now() / 1000;
  if (!verify(rootKey, intermediate?.details ?? none, intermediate?.signature ?? none))
    throw new Error('root-signature');
  if (!verify(upper.key ?? none, leaf?.details ?? none, leaf?.signature ?? none)) throw new Error('leaf-signature');
  if (upper.issuerSerial !== 0 || lower.issuerSerial !== upper.serial) throw new Error('issuer');
  for (const { notBefore = 0, notAfter = 0 } of [upper, lower])
    if (now < notBefore || now > notAfter) throw new Error('expired');
  if (Buffer.compare(lower.key ?? none, serverStatic) !== 0) throw new Error('leaf-key');
}
