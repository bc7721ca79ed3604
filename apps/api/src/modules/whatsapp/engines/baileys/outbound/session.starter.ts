/**
 * Signal sessions where there are none yet: one query for the bundles of all devices that lack one. Each bundle holds a
 * one-time prekey of its owner, so none is asked for without need, and messages that need the same one share the query.
 */
import {
  generateSignalPubKey,
  getAllBinaryNodeChildren,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildUInt,
  type BinaryNode,
} from 'baileys';
import type { PreKeyBundleInput } from 'whatsapp-rust-bridge';
import type { AccountContext } from '../account.context.js';
import { SERVER } from '../connection/wire.js';
import { SendFailure } from './send.failure.js';

export class SessionStarter {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly account: Pick<AccountContext, 'signal' | 'wire'>) {}

  /** Resolves with the devices that still have none: the server gave no bundle, or one that was forged. */
  async ensure(devices: readonly string[]): Promise<Set<string>> {
    const missing = await this.account.signal.sessions.missing(devices);
    if (missing.length === 0) return new Set();
    const asked = missing.filter((device) => !this.underWay.has(device));
    const waits = missing.flatMap((device) => this.underWay.get(device) ?? []);
    if (asked.length > 0) waits.push(this.share(asked, this.start(asked)));
    await Promise.all(waits);
    return new Set(await this.account.signal.sessions.missing(missing));
  }

  /** A new session in place of one that the other side cannot read. */
  async renew(device: string): Promise<void> {
    await this.start([device], true);
  }

  private share(devices: readonly string[], work: Promise<void>): Promise<void> {
    for (const device of devices) this.underWay.set(device, work);
    return work.finally(() => {
      for (const device of devices) this.underWay.delete(device);
    });
  }

  private async start(devices: readonly string[], renew = false): Promise<void> {
    const { wire, signal } = this.account;
    const names = new Map<string, string>();
    for (const device of devices) names.set((await signal.mapping.getLIDForPN(device)) ?? device, device);
    const answer = await wire.ask(keyQuery([...names.keys()], renew));
    if (!answer.ok) throw SendFailure.ofQuery(answer, "the recipient's keys");
    const list = getBinaryNodeChild(answer.node, 'list');
    for (const user of list ? getAllBinaryNodeChildren(list) : []) {
      const bundle = readBundle(user);
      const device = names.get(user.attrs.jid ?? '') ?? user.attrs.jid;
      if (bundle && device) await signal.sessions.start(device, bundle).catch(leaveOut);
    }
  }
}

/** The device is counted as missing afterwards; one bad bundle must not stop the others. */
function leaveOut(): void {}

/** Protocol.md B.6.2: asked by LID where it is known. */
function keyQuery(devices: readonly string[], renew: boolean): BinaryNode {
  const reason: Record<string, string> = renew ? { reason: 'identity' } : {};
  const users = devices.map((jid) => ({ tag: 'user', attrs: { jid, ...reason } }));
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'get', xmlns: 'encrypt' },
    content: [{ tag: 'key', attrs: {}, content: users }],
  };
}

/** Null for a user with an `<error>`, or with keys missing. The same shape comes in a retry receipt, inside `keys`. */
export function readBundle(node: BinaryNode, registrationId?: number): PreKeyBundleInput | null {
  const registration = registrationId ?? getBinaryNodeChildUInt(node, 'registration', 4);
  const identity = getBinaryNodeChildBuffer(node, 'identity');
  const signed = readKey(getBinaryNodeChild(node, 'skey'));
  const signature = getBinaryNodeChildBuffer(getBinaryNodeChild(node, 'skey'), 'signature');
  const oneTime = readKey(getBinaryNodeChild(node, 'key'));
  if (registration === undefined || !identity || !signed || !signature) return null;
  return {
    registrationId: registration,
    identityKey: generateSignalPubKey(identity),
    signedPreKey: { ...signed, signature },
    ...(oneTime ? { preKey: oneTime } : {}),
  };
}

function readKey(node: BinaryNode | undefined) {
  const keyId = node && getBinaryNodeChildUInt(node, 'id', 3);
  const value = getBinaryNodeChildBuffer(node, 'value');
  return keyId === undefined || !value ? undefined : { keyId, publicKey: generateSignalPubKey(value) };
}
