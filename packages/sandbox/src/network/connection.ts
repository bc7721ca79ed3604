/**
 * One client's connection: the handshake, then encrypted nodes. Who the client is decides which session goes on:
 * `Registration` for one that has no account yet, `Session` for a linked device.
 */
import type { WebSocket } from 'ws';
import type { FaultPhase } from '../faults/fault.js';
import { fromBytes, sharedBytes } from '../protocol/codec.js';
import { Responder, type Handshaken } from '../protocol/handshake.js';
import type { Node } from '../protocol/node.js';
import { receiveClient, type ClientSession } from './admission.js';
import type { Device } from './directory.js';
import { FrameSocket } from './frame.socket.js';
import { accountOfRouting } from './routing.js';
import { seconds, type Services } from './services.js';
import { commit, connectionEffects, helloEffects } from './strike.js';

let last = 0;

export class Connection {
  readonly id = ++last;
  phase: FaultPhase = 'connecting';
  device: Device | undefined;
  /** The number that the client says it has, while it is not proved. */
  claimed: string | undefined;
  /** Answers pings and nothing else (a fault). */
  deaf = false;
  /** The network has lost it, and the client has not noticed (a fault). */
  forgotten = false;
  /** The last stanza was sent: nothing more is said or heard. */
  private leaving = false;
  private readonly frames: FrameSocket;
  private responder: Responder | undefined;
  private transport: Handshaken | undefined;
  private session: ClientSession | undefined;
  private readonly stopFaults: () => void;

  constructor(
    socket: WebSocket,
    readonly services: Services,
    private readonly hint: string | undefined,
  ) {
    this.frames = new FrameSocket(socket, () => services.faults.latency(this.account), {
      frame: (payload) => this.receive(payload),
      closed: () => this.ended(),
      broken: () => this.refuse('frame'),
    });
    this.stopFaults = services.faults.onSet((id) => this.suffer(this.phase, id));
    services.connections.add(this);
  }

  /** As far as the network can know it: by login, by the routing bytes of an earlier one, by a word in the URL. */
  get account(): string | undefined {
    return this.device?.user.pn ?? this.claimed ?? this.routed ?? this.hint;
  }

  private get routed(): string | undefined {
    const { routing } = this.frames;
    return routing && accountOfRouting(this.services.directory, routing);
  }

  send(stanza: Node): void {
    if (!this.deaf) this.sendEvenDeaf(stanza);
  }

  sendEvenDeaf(stanza: Node): void {
    if (!this.transport) return;
    this.capture('out', stanza);
    this.frames.send(this.transport.outgoing.encrypt(sharedBytes(stanza)));
  }

  /** For the garbage of a fault; it spends no counter of the cipher. */
  sendRaw(bytes: Uint8Array): void {
    this.frames.send(bytes);
  }

  close(code?: number): void {
    this.frames.close(code);
  }

  reset(): void {
    this.frames.reset();
  }

  becomeBlackHole(): void {
    this.frames.becomeBlackHole();
  }

  becomeHalfOpen(): void {
    this.forgotten = true;
    this.frames.becomeBlackHole();
    this.over();
  }

  /** A last stanza, then the end of the connection. */
  closeWith(stanza: Node): void {
    if (this.leaving) return;
    this.send(stanza);
    this.leaving = true;
    this.frames.linger();
  }

  /** Faults strike whoever comes into a phase. True when one did. */
  enter(phase: FaultPhase): boolean {
    this.phase = phase;
    return this.suffer(phase);
  }

  /** `sending` is no phase that lasts: faults of it strike with a message. `only` is a fault that was just set. */
  suffer(phase: FaultPhase, only?: string): boolean {
    // Before the handshake is over, only the hello can go wrong.
    if (!this.transport || this.leaving || this.forgotten) return false;
    const effect = this.services.faults.strike({ account: this.account, phase }, connectionEffects, only);
    if (effect) commit(this, effect);
    return effect !== undefined;
  }

  private receive(payload: Uint8Array): void {
    if (this.transport) return this.receiveNode(payload);
    if (this.responder) return this.finish(this.responder, payload);
    const { faults, identity, clock } = this.services;
    const effect = faults.strike({ account: this.account, phase: 'connecting' }, helloEffects);
    if (effect?.kind === 'no-server-hello') return this.frames.becomeBlackHole();
    if (effect?.kind === 'close' || effect?.kind === 'reset') return commit(this, effect);
    const flaw = effect?.kind === 'bad-certificate' ? effect.flaw : undefined;
    this.responder = new Responder(identity, seconds(clock), flaw);
    this.hello(this.responder, payload);
  }

  private hello(responder: Responder, payload: Uint8Array): void {
    const answer = understood(() => responder.hello(payload));
    if (!answer) return this.refuse('client-hello');
    this.frames.send(answer.serverHello);
    if (answer.handshaken) this.established(answer.handshaken);
  }

  private finish(responder: Responder, payload: Uint8Array): void {
    const handshaken = understood(() => responder.finish(payload));
    if (handshaken) this.established(handshaken);
    else this.refuse('client-finish');
  }

  private established(transport: Handshaken): void {
    this.transport = transport;
    this.session = receiveClient(this, transport);
  }

  private receiveNode(payload: Uint8Array): void {
    const stanza = understood(() => fromBytes(this.transport?.incoming.decrypt(payload) ?? payload));
    if (!stanza) return this.refuse('node');
    this.capture('in', stanza);
    this.session?.receive(stanza);
  }

  private refuse(cause: string): void {
    this.services.counts.add(`refused:${cause}`);
    this.frames.close();
  }

  private capture(direction: 'in' | 'out', stanza: Node): void {
    const { captures, clock } = this.services;
    if (!captures.isOn) return;
    const { user, number } = this.device ?? {};
    captures.emit({
      connection: this.id,
      account: user?.pn,
      device: number,
      direction,
      node: stanza,
      at: clock.now(),
    });
  }

  private ended(): void {
    this.services.connections.remove(this);
    if (!this.forgotten) this.over();
  }

  private over(): void {
    this.stopFaults();
    this.session?.closed();
  }
}

/** Whatever a client can send, it is the client's mistake when it cannot be opened. */
function understood<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
