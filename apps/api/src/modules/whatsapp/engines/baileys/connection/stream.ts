/**
 * What is between Baileys and its WebSocket: our Noise in place of its own, our dispatch, our keep-alive. Its listeners for an
 * open socket and for what comes are removed before anything has come. Since its own handshake then never ends, what it sends
 * arrives here in clear, in its frame, at the one door by which everything leaves (protocol.md S25).
 */
import {
  decodeBinaryNode,
  decodeDecompressedBinaryNode,
  encodeBinaryNode,
  generateLoginNode,
  generateRegistrationNode,
  NOISE_WA_HEADER,
  proto,
  type AuthenticationCreds,
  type BinaryNode,
  type SocketConfig,
  type WASocket,
} from 'baileys';
import * as tokens from 'baileys/lib/WABinary/constants.js';
import type { Stanza } from '../../trace/redacted.js';
import type { StanzaTrace } from '../../trace/stanza.trace.js';
import { dispatch } from './dispatch.js';
import type { FrameCipher } from './frame.cipher.js';
import { contentOf, frame, FrameReader, introOf } from './frames.js';
import { KeepAlive } from './keep.alive.js';
import { NoiseHandshake } from './noise.js';
import type { RawSocket } from './raw.socket.js';

export interface StreamParts {
  creds: AuthenticationCreds;
  /** What tells the server which client we are. */
  client: SocketConfig;
  keepAliveMs: number;
  trace: StanzaTrace | undefined;
}

/** To be called in the turn in which the socket was made. */
export function speakNoise(socket: WASocket, raw: RawSocket, parts: StreamParts): void {
  const stream = new Stream(socket, raw, parts);
  socket.ws.removeAllListeners('open');
  socket.ws.removeAllListeners('message');
  socket.ws.on('open', () => stream.begin());
  socket.ws.on('message', (data: Buffer) => stream.came(data));
  socket.sendNode = (node) => stream.send(node);
  socket.registerSocketEndHandler(() => stream.stop());
}

class Stream {
  private readonly handshake: NoiseHandshake;
  private readonly frames = new FrameReader();
  private readonly keepAlive: KeepAlive;
  private readonly intro: Buffer;
  private readonly write: RawSocket['send'];
  private introduced = false;
  private cipher: FrameCipher | undefined;

  constructor(
    private readonly socket: WASocket,
    raw: RawSocket,
    private readonly parts: StreamParts,
  ) {
    this.handshake = new NoiseHandshake(parts.creds.noiseKey);
    this.intro = introOf(NOISE_WA_HEADER, parts.creds.routingInfo);
    this.keepAlive = new KeepAlive(
      parts.keepAliveMs,
      () => this.ping(),
      () => void socket.end(failure(408, 'Connection was lost')),
    );
    this.write = raw.send.bind(raw);
    raw.send = (bytes, queued) => this.framed(bytes, queued);
  }

  begin(): void {
    this.write(frame(this.handshake.hello(), this.intro));
  }

  async came(data: Buffer): Promise<void> {
    this.keepAlive.heard();
    for (const content of this.frames.read(data)) {
      if (this.cipher) dispatch(this.socket.ws, await nodeOf(this.cipher.open(content)));
      else if (!this.introduce(content)) return;
    }
  }

  /** Rejects when the socket is not open: then it certainly has not left. */
  async send(node: BinaryNode): Promise<void> {
    if (!this.socket.ws.isOpen) throw failure(428, 'Connection Closed');
    this.seal(encodeBinaryNode(node));
  }

  stop(): void {
    this.keepAlive.stop();
  }

  /** False when the server is not who it should be: the connection ends. */
  private introduce(answer: Uint8Array): boolean {
    const { creds, client } = this.parts;
    try {
      const who = creds.me ? generateLoginNode(creds.me.id, client) : generateRegistrationNode(creds, client);
      const { message, cipher } = this.handshake.finish(answer, proto.ClientPayload.encode(who).finish());
      this.write(frame(message));
      this.cipher = cipher;
    } catch (error) {
      void this.socket.end(error as Error);
      return false;
    }
    this.keepAlive.start();
    return true;
  }

  /** What Baileys sends: before its first frame it puts the intro, which has gone with the handshake. */
  private framed(bytes: Uint8Array, queued?: () => void): void {
    this.seal(contentOf(bytes, this.introduced ? 0 : this.intro.length), queued);
    this.introduced = true;
  }

  private seal(content: Uint8Array, queued?: () => void): void {
    if (!this.cipher) return; // The handshake has failed: nobody is there to hear it.
    const { trace } = this.parts;
    if (trace?.on) trace.heard('out', decode(content) as Stanza);
    this.write(frame(this.cipher.seal(content)), queued);
  }

  private ping(): void {
    if (!this.socket.ws.isOpen) return;
    const attrs = { id: this.socket.generateMessageTag(), to: SERVER, type: 'get', xmlns: 'w:p' };
    this.seal(encodeBinaryNode({ tag: 'iq', attrs, content: [{ tag: 'ping', attrs: {} }] }));
  }
}

const SERVER = '@s.whatsapp.net';
const COMPRESSED = 2;

const nodeOf = (content: Buffer): BinaryNode | Promise<BinaryNode> =>
  content[0]! & COMPRESSED ? decodeBinaryNode(content) : decode(content);

/** The first byte says whether the rest is compressed. */
const decode = (content: Uint8Array): BinaryNode =>
  decodeDecompressedBinaryNode(Buffer.from(content.buffer, content.byteOffset + 1, content.length - 1), tokens);

/** In the shape of Baileys' own errors. */
const failure = (statusCode: number, message: string): Error =>
  Object.assign(new Error(message), { output: { statusCode } });
