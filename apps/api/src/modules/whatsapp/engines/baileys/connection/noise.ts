/**
 * Noise_XX_25519_AESGCM_SHA256, the client's side (protocol.md B.2): from our hello to the keys of the transport.
 *
 * Ours and not Baileys', which makes a new key object of Node's for each frame, four times what the frame itself costs, and
 * hides the server's key and certificates from who should look at them.
 */
import { createSecretKey, hash, type KeyObject } from 'node:crypto';
import { Curve, hkdf, NOISE_MODE, NOISE_WA_HEADER, proto, type KeyPair } from 'baileys';
import { checkServer } from './certificate.js';
import { FrameCipher, openSealed, seal } from './frame.cipher.js';

const { HandshakeMessage } = proto;

export class NoiseHandshake {
  private readonly ephemeral = Curve.generateKeyPair();
  private digest: Uint8Array = Buffer.from(NOISE_MODE);
  private salt = this.digest;
  private key: KeyObject = createSecretKey(this.digest);
  private counter = 0;

  constructor(private readonly own: KeyPair) {
    this.authenticate(NOISE_WA_HEADER);
    this.authenticate(this.ephemeral.public);
  }

  hello(): Uint8Array {
    return HandshakeMessage.encode({ clientHello: { ephemeral: this.ephemeral.public } }).finish();
  }

  /**
   * Our last word, with who we are, and what everything after it is sealed with. Throws when the answer is none, and with
   * `output.statusCode` 400 when the server is not who it should be.
   */
  finish(answer: Uint8Array, payload: Uint8Array): { message: Uint8Array; cipher: FrameCipher } {
    const { serverHello } = HandshakeMessage.decode(answer);
    if (!serverHello?.ephemeral || !serverHello.static || !serverHello.payload)
      throw new Error('the server did not answer the handshake');
    this.authenticate(serverHello.ephemeral);
    this.mix(Curve.sharedKey(this.ephemeral.private, serverHello.ephemeral));
    const server = this.opened(serverHello.static);
    this.mix(Curve.sharedKey(this.ephemeral.private, server));
    checkServer(this.opened(serverHello.payload), server);
    const known = this.sealed(this.own.public);
    this.mix(Curve.sharedKey(this.own.private, serverHello.ephemeral));
    const clientFinish = { static: known, payload: this.sealed(payload) };
    const [out, into] = this.derive(new Uint8Array(0));
    return { message: HandshakeMessage.encode({ clientFinish }).finish(), cipher: new FrameCipher(out, into) };
  }

  private opened(data: Uint8Array): Buffer {
    const content = openSealed(this.key, this.counter++, data, this.digest);
    this.authenticate(data);
    return content;
  }

  private sealed(content: Uint8Array): Buffer {
    const data = seal(this.key, this.counter++, content, this.digest);
    this.authenticate(data);
    return data;
  }

  private authenticate(data: Uint8Array): void {
    this.digest = hash('sha256', Buffer.concat([this.digest, data]), 'buffer');
  }

  private mix(secret: Uint8Array): void {
    const [salt, key] = this.derive(secret);
    this.salt = salt;
    this.key = createSecretKey(key);
    this.counter = 0;
  }

  private derive(secret: Uint8Array): [Uint8Array, Uint8Array] {
    const both = hkdf(secret, 64, { salt: Buffer.from(this.salt), info: '' });
    return [both.subarray(0, 32), both.subarray(32)];
  }
}
