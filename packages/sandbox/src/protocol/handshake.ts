/**
 * The server's side of the Noise handshake (protocol.md B.2).
 *
 * XX: ClientHello, ServerHello, ClientFinish. A client that has met the server tries IK: its hello carries its static key
 * and its payload already, sealed for the key that it remembers. When that opens, the handshake is over with the
 * ServerHello; when it does not (or a flawed chain has to be shown), the server answers as in XX, and both go on under
 * the name XXfallback.
 */
import { signChain, type ChainFlaw, type ServerIdentity } from './certificate.js';
import { createKeys, type CurveKeys } from './curve.js';
import { INTRO } from './frame.js';
import { NoiseState, TransportCipher } from './noise.js';
import { clientPayload, handshakeMessage, type ClientPayload, type HandshakeMessage } from './proto.js';

const XX = 'Noise_XX_25519_AESGCM_SHA256';
const IK = 'Noise_IK_25519_AESGCM_SHA256';
const XX_FALLBACK = 'Noise_XXfallback_25519_AESGCM_SHA256';

class HandshakeError extends Error {}

export interface Handshaken {
  clientStatic: Uint8Array;
  payload: ClientPayload;
  incoming: TransportCipher;
  outgoing: TransportCipher;
}

type ClientHello = NonNullable<HandshakeMessage['clientHello']>;

export class Responder {
  private readonly ephemeral: CurveKeys = createKeys();
  private noise: NoiseState | undefined;

  constructor(
    private readonly identity: ServerIdentity,
    private readonly nowSeconds: number,
    private readonly flaw?: ChainFlaw,
  ) {}

  /** Takes the ClientHello frame. `handshaken` is there when the client resumed; else a ClientFinish has to follow. */
  hello(bytes: Uint8Array): { serverHello: Uint8Array; handshaken?: Handshaken } {
    const hello = handshakeMessage.decode(bytes).clientHello;
    if (hello?.ephemeral?.length !== 32) throw new HandshakeError('no ephemeral key in the client hello');
    const resumes = hello.static !== undefined && hello.payload !== undefined;
    const resumed = resumes && this.flaw === undefined ? this.resume(hello) : undefined;
    return resumed ?? { serverHello: this.full(hello.ephemeral, resumes ? XX_FALLBACK : XX) };
  }

  /** Takes the ClientFinish frame; both directions are encrypted from here on. */
  finish(bytes: Uint8Array): Handshaken {
    const { static: sealedStatic, payload } = handshakeMessage.decode(bytes).clientFinish ?? {};
    if (!this.noise || !sealedStatic || !payload) throw new HandshakeError('no static key or payload');
    const clientStatic = Uint8Array.from(this.noise.decrypt(sealedStatic));
    this.noise.mixAgreement(this.ephemeral.privateKey, clientStatic);
    return transport(this.noise, clientStatic, clientPayload.decode(this.noise.decrypt(payload)));
  }

  private full(client: Uint8Array, pattern: string): Uint8Array {
    const { ephemeral, identity } = this;
    const noise = new NoiseState(pattern, INTRO);
    noise.authenticate(client);
    noise.authenticate(ephemeral.publicKey);
    noise.mixAgreement(ephemeral.privateKey, client);
    const sealedStatic = noise.encrypt(identity.leaf.publicKey);
    noise.mixAgreement(identity.leaf.privateKey, client);
    const payload = noise.encrypt(signChain(identity, this.nowSeconds, this.flaw));
    this.noise = noise;
    return handshakeMessage.encode({ serverHello: { ephemeral: ephemeral.publicKey, static: sealedStatic, payload } });
  }

  private resume(hello: ClientHello): { serverHello: Uint8Array; handshaken: Handshaken } | undefined {
    const { ephemeral, identity } = this;
    const { ephemeral: client = new Uint8Array(), static: sealedStatic, payload: sealedPayload } = hello;
    const noise = new NoiseState(IK, INTRO);
    noise.authenticate(identity.leaf.publicKey);
    noise.authenticate(client);
    noise.mixAgreement(identity.leaf.privateKey, client);
    const clientStatic = opened(() => noise.decrypt(sealedStatic ?? new Uint8Array()));
    if (!clientStatic) return undefined;
    noise.mixAgreement(identity.leaf.privateKey, clientStatic);
    const payload = clientPayload.decode(noise.decrypt(sealedPayload ?? new Uint8Array()));
    noise.authenticate(ephemeral.publicKey);
    noise.mixAgreement(ephemeral.privateKey, client);
    noise.mixAgreement(ephemeral.privateKey, clientStatic);
    const chain = noise.encrypt(signChain(identity, this.nowSeconds));
    const serverHello = handshakeMessage.encode({ serverHello: { ephemeral: ephemeral.publicKey, payload: chain } });
    return { serverHello, handshaken: transport(noise, clientStatic, payload) };
  }
}

/** A static key sealed for a server that this one is not: no error, the client has to fall back. */
function opened(decrypt: () => Uint8Array): Uint8Array | undefined {
  try {
    return Uint8Array.from(decrypt());
  } catch {
    return undefined;
  }
}

function transport(noise: NoiseState, clientStatic: Uint8Array, payload: ClientPayload): Handshaken {
  const { fromInitiator, fromResponder } = noise.split();
  return {
    clientStatic,
    payload,
    incoming: new TransportCipher(fromInitiator),
    outgoing: new TransportCipher(fromResponder),
  };
}
