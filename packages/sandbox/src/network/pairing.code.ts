/**
 * Pairing by code (protocol.md B.4b): the network carries sealed halves between companion and phone and can read none.
 * The companion says hello for a number, the phone of that number answers when a person typed the code, the companion
 * finishes; then the phone signs, as after a scan.
 */
import { randomBytes } from 'node:crypto';
import { SERVER_JID } from '../protocol/jid.js';
import { bytesOf, child, node, type Node } from '../protocol/node.js';
import type { CompanionFinish } from './device.js';
import type { Registration } from './registration.js';
import { seconds, type Services } from './services.js';

interface FinishWaiter {
  resolve(finish: CompanionFinish): void;
  reject(error: Error): void;
}

export class CodePairing {
  private ref: string | undefined;
  private waiter: FinishWaiter | undefined;

  constructor(
    private readonly registration: Registration,
    private readonly services: Services,
    private readonly send: (stanza: Node) => void,
  ) {}

  /** What the query is answered with. */
  receive(stage: Node): Node[] | undefined {
    if (stage.attrs.stage === 'companion_hello') return this.hello(stage);
    if (stage.attrs.stage === 'companion_finish') this.finish(stage);
    return undefined;
  }

  closed(): void {
    this.waiter?.reject(new Error('the client has gone'));
  }

  /** The phone's half; resolves with what the companion made of both. */
  primaryHello(ref: string, hello: { wrappedEphemeral: Uint8Array; identity: Uint8Array }): Promise<CompanionFinish> {
    const content = [
      node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, hello.wrappedEphemeral),
      node('primary_identity_pub', {}, hello.identity),
      node('link_code_pairing_ref', {}, Buffer.from(ref)),
    ];
    const attrs = {
      from: SERVER_JID,
      type: 'link_code_companion_reg',
      id: randomBytes(6).toString('hex'),
      t: String(seconds(this.services.clock)),
    };
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
      this.send(node('notification', attrs, [node('link_code_companion_reg', { stage: 'primary_hello' }, content)]));
    });
  }

  private hello(stage: Node): Node[] {
    const ref = `3@${randomBytes(24).toString('base64')}`;
    this.ref = ref;
    this.services.pairings.offer(ref, this.registration);
    this.services.pairings.announce({
      phone: (stage.attrs.jid ?? '').split('@')[0] ?? '',
      ref,
      wrappedCompanionEphemeral: bytesOf(child(stage, 'link_code_pairing_wrapped_companion_ephemeral_pub')) ?? NONE,
      companionNoiseKey: bytesOf(child(stage, 'companion_server_auth_key_pub')) ?? NONE,
    });
    const answer = node('link_code_pairing_ref', {}, Buffer.from(ref));
    return [node('link_code_companion_reg', { stage: 'companion_hello' }, [answer])];
  }

  private finish(stage: Node): void {
    const ref = Buffer.from(bytesOf(child(stage, 'link_code_pairing_ref')) ?? NONE).toString();
    if (ref !== this.ref) return this.services.counts.add('refused:pairing-ref');
    this.waiter?.resolve({
      wrappedKeyBundle: bytesOf(child(stage, 'link_code_pairing_wrapped_key_bundle')) ?? NONE,
      companionIdentity: bytesOf(child(stage, 'companion_identity_public')) ?? NONE,
    });
    this.waiter = undefined;
  }
}

const NONE = new Uint8Array();
