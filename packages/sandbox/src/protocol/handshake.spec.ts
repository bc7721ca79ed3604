import { describe, expect, it } from 'vitest';
import { checkChain } from '../testing/noise.client.js';
import { chainFlaws, createServerIdentity } from './certificate.js';
import { createKeys } from './curve.js';
import { INTRO } from './frame.js';
import { Responder, type Handshaken } from './handshake.js';
import { NoiseState, TransportCipher } from './noise.js';
import { clientPayload, handshakeMessage } from './proto.js';

const NOW = Math.floor(Date.now() / 1000);
const none = new Uint8Array();
const server = createServerIdentity();
const payload = clientPayload.encode({ username: '9990100000001', device: 3 });

/** The client's half of XX after its ephemeral key was sent, for either name of the pattern. */
function finishAsClient(pattern: string, ephemeral = createKeys(), own = createKeys()) {
  const state = new NoiseState(pattern, INTRO);
  state.authenticate(ephemeral.publicKey);
  return (serverHelloBytes: Uint8Array) => {
    const { serverHello } = handshakeMessage.decode(serverHelloBytes);
    const theirs = serverHello?.ephemeral ?? none;
    state.authenticate(theirs);
    state.mixAgreement(ephemeral.privateKey, theirs);
    const serverStatic = state.decrypt(serverHello?.static ?? none);
    state.mixAgreement(ephemeral.privateKey, serverStatic);
    checkChain(state.decrypt(serverHello?.payload ?? none), server.root.publicKey, serverStatic);
    const sealed = state.encrypt(own.publicKey);
    state.mixAgreement(own.privateKey, theirs);
    const finish = handshakeMessage.encode({ clientFinish: { static: sealed, payload: state.encrypt(payload) } });
    return { finish, own, keys: state.split() };
  };
}

function resumeAsClient(serverStatic: Uint8Array) {
  const [ephemeral, own] = [createKeys(), createKeys()];
  const state = new NoiseState('Noise_IK_25519_AESGCM_SHA256', INTRO);
  state.authenticate(serverStatic);
  state.authenticate(ephemeral.publicKey);
  state.mixAgreement(ephemeral.privateKey, serverStatic);
  const sealedStatic = state.encrypt(own.publicKey);
  state.mixAgreement(own.privateKey, serverStatic);
  const clientHello = { ephemeral: ephemeral.publicKey, static: sealedStatic, payload: state.encrypt(payload) };
  return { ephemeral, own, state, hello: handshakeMessage.encode({ clientHello }) };
}

function expectToTalk(handshaken: Handshaken | undefined, keys: ReturnType<NoiseState['split']>) {
  const client = { out: new TransportCipher(keys.fromInitiator), in: new TransportCipher(keys.fromResponder) };
  for (const text of ['one', 'two']) {
    expect(String(handshaken?.incoming.decrypt(client.out.encrypt(Buffer.from(text))))).toBe(text);
    expect(String(client.in.decrypt(handshaken?.outgoing.encrypt(Buffer.from(text)) ?? none))).toBe(text);
  }
}

it('shakes hands by XX: the client is known by its static key and its payload', () => {
  const ephemeral = createKeys();
  const responder = new Responder(server, NOW);
  const client = finishAsClient('Noise_XX_25519_AESGCM_SHA256', ephemeral);
  const hello = handshakeMessage.encode({ clientHello: { ephemeral: ephemeral.publicKey } });
  const { finish, own, keys } = client(responder.hello(hello).serverHello);
  const handshaken = responder.finish(finish);
  expect(handshaken.clientStatic).toEqual(own.publicKey);
  expect(handshaken.payload).toMatchObject({ username: '9990100000001', device: 3 });
  expectToTalk(handshaken, keys);
});

it('resumes by IK when the client knows the static key', () => {
  const { ephemeral, own, state, hello } = resumeAsClient(server.leaf.publicKey);
  const { serverHello, handshaken } = new Responder(server, NOW).hello(hello);
  const answer = handshakeMessage.decode(serverHello).serverHello;
  expect(answer?.static).toBeUndefined();
  state.authenticate(answer?.ephemeral ?? none);
  state.mixAgreement(ephemeral.privateKey, answer?.ephemeral ?? none);
  state.mixAgreement(own.privateKey, answer?.ephemeral ?? none);
  checkChain(state.decrypt(answer?.payload ?? none), server.root.publicKey, server.leaf.publicKey);
  expect(handshaken?.clientStatic).toEqual(own.publicKey);
  expectToTalk(handshaken, state.split());
});

it('falls back to XX when the client resumes with another server in mind', () => {
  const { ephemeral, own, hello } = resumeAsClient(createKeys().publicKey);
  const responder = new Responder(server, NOW);
  const { serverHello, handshaken } = responder.hello(hello);
  expect(handshaken).toBeUndefined();
  const client = finishAsClient('Noise_XXfallback_25519_AESGCM_SHA256', ephemeral, own);
  const { finish, keys } = client(serverHello);
  expectToTalk(responder.finish(finish), keys);
});

describe('a flawed chain', () => {
  it.each(chainFlaws)('%s is seen by a client that looks', (flaw) => {
    const ephemeral = createKeys();
    const hello = handshakeMessage.encode({ clientHello: { ephemeral: ephemeral.publicKey } });
    const { serverHello } = new Responder(server, NOW, flaw).hello(hello);
    expect(() => finishAsClient('Noise_XX_25519_AESGCM_SHA256', ephemeral)(serverHello)).toThrow(flaw);
  });

  it('is shown to a client that resumes, too', () => {
    const { ephemeral, own, hello } = resumeAsClient(server.leaf.publicKey);
    const { serverHello } = new Responder(server, NOW, 'leaf-key').hello(hello);
    const client = finishAsClient('Noise_XXfallback_25519_AESGCM_SHA256', ephemeral, own);
    expect(() => client(serverHello)).toThrow('leaf-key');
  });
});

it.each([
  ['nothing', none],
  ['noise', Buffer.from('not a protobuf at all')],
  ['a hello without a key', handshakeMessage.encode({ clientHello: {} })],
])('refuses %s as a hello', (_, bytes) => {
  expect(() => new Responder(server, NOW).hello(bytes)).toThrow();
});

it('refuses a finish that was sealed for somebody else', () => {
  const ephemeral = createKeys();
  const hello = handshakeMessage.encode({ clientHello: { ephemeral: ephemeral.publicKey } });
  const first = new Responder(server, NOW);
  const second = new Responder(server, NOW);
  second.hello(hello);
  const { finish } = finishAsClient('Noise_XX_25519_AESGCM_SHA256', ephemeral)(first.hello(hello).serverHello);
  expect(() => second.finish(finish)).toThrow();
});
