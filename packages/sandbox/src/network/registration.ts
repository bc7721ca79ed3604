/**
 * A client that is not linked yet (protocol.md B.4, B.4b). It is shown refs for its QR, or asks for a pairing code; a
 * phone answers; the client proves that it holds its keys; then it is a device, is told to restart, and logs in.
 */
import { randomBytes } from 'node:crypto';
import { openBox, verifyAccount } from '../protocol/adv.js';
import { fromBigEndian, sameBytes } from '../protocol/bytes.js';
import { verify, withType } from '../protocol/curve.js';
import { formatJid, LID_DOMAIN, PN_DOMAIN, SERVER_JID } from '../protocol/jid.js';
import { child, node, type Node } from '../protocol/node.js';
import { deviceProps, type DevicePairingData } from '../protocol/proto.js';
import type { ClientSession } from './admission.js';
import type { Connection } from './connection.js';
import type { SandboxNetwork } from './device.js';
import type { Device } from './directory.js';
import { notification } from './notices.js';
import { CodePairing } from './pairing.code.js';
import { checkProof } from './pairing.proof.js';
import { Pending } from './pending.js';
import { errorAnswer } from './queries/index.js';
import { seconds } from './services.js';
import { streamError } from './strike.js';

const REFS = 6;
const RESTART_REQUIRED = 515;

export type Completion = Parameters<SandboxNetwork['completePairing']>[0];

/** The keys are of the right form, and the signed prekey is signed: nothing of this is checked by a client. */
export function isRegistrable({ eRegid, eIdent, eSkeyId, eSkeyVal, eSkeySig }: DevicePairingData): boolean {
  if (eRegid?.length !== 4 || eIdent?.length !== 32 || eSkeyId?.length !== 3) return false;
  return eSkeyVal?.length === 32 && eSkeySig !== undefined && verify(eIdent, withType(eSkeyVal), eSkeySig);
}

export class Registration implements ClientSession {
  readonly code: CodePairing;
  private readonly answers = new Pending();
  private linking = false;

  constructor(
    private readonly connection: Connection,
    private readonly data: DevicePairingData,
    readonly noiseKey: Uint8Array,
  ) {
    this.code = new CodePairing(this, connection.services, (stanza) => connection.send(stanza));
  }

  start(): void {
    const refs = Array.from({ length: REFS }, () => `2@${randomBytes(48).toString('base64')}`);
    for (const ref of refs) this.connection.services.pairings.offer(ref, this);
    this.connection.services.counts.add('registrations');
    const content = refs.map((ref) => node('ref', {}, Buffer.from(ref)));
    void this.ask([node('pair-device', {}, content)]).catch(ignoreClosed);
    this.connection.enter('pairing');
  }

  get identity(): Uint8Array {
    return this.data.eIdent ?? new Uint8Array();
  }

  receive(stanza: Node): void {
    if (stanza.tag !== 'iq') return;
    if (stanza.attrs.type === 'result' || stanza.attrs.type === 'error') return this.answers.settle(stanza);
    const { services } = this.connection;
    services.counts.add(`queries:${stanza.attrs.xmlns}`);
    const isPing = stanza.attrs.xmlns === 'w:p';
    if (this.connection.deaf && !isPing) return;
    const code = child(stanza, 'link_code_companion_reg');
    if (code && this.answersFaultily(stanza, code)) return;
    const content = code && !isPing ? this.code.receive(code) : undefined;
    this.connection.send(node('iq', { from: SERVER_JID, type: 'result', id: stanza.attrs.id }, content));
  }

  /** A request for a code may be refused, as for too many of them, or stay without an answer. */
  private answersFaultily(iq: Node, { attrs }: Node): boolean {
    const { services, account } = this.connection;
    const number = account ?? attrs.jid?.split('@')[0];
    const moment = { account: number, phase: 'pairing', xmlns: iq.attrs.xmlns } as const;
    const effect = services.faults.strike(moment, ['unanswered', 'refuse-query']);
    if (!effect) return false;
    services.counts.add(`faults:${effect.kind}`);
    if (effect.kind === 'refuse-query') this.connection.send(errorAnswer(iq, effect.code, effect.text ?? 'refused'));
    return true;
  }

  closed(): void {
    this.connection.services.pairings.withdraw(this);
    this.answers.fail(new Error('the client has gone'));
    this.code.closed();
  }

  /** Resolves when the client has proved itself; rejects when it goes, or when anything is signed wrongly. */
  async complete(completion: Completion): Promise<Device> {
    if (this.linking) throw new Error('this client is being linked already');
    this.linking = true;
    try {
      return await this.link(completion);
    } catch (error) {
      this.linking = false;
      throw error;
    }
  }

  private async link(completion: Completion): Promise<Device> {
    const { directory } = this.connection.services;
    const user = directory.user(completion.phone.lid);
    const phone = user && directory.deviceOf(user, 0);
    if (!user || !phone) throw new Error(`${completion.phone.pn} has no phone on this network`);
    const signed = openBox(completion.box);
    if (!sameBytes(signed.accountSignatureKey ?? new Uint8Array(), phone.keys.identity))
      throw new Error('the account signature key is not the identity of the phone');
    if (!verifyAccount(signed, this.identity)) throw new Error('the account signature is wrong');
    if (this.asksForPasskey(user)) throw new Error('this account wants a passkey before it links a device');
    const device = this.describe(completion, user, directory.nextDeviceNumber(user));
    const asked = this.ask(pairSuccess(completion, device));
    this.connection.claimed = user.pn;
    this.connection.enter('scanned');
    checkProof(await asked, completion, this.identity);
    this.admit(device);
    return device;
  }

  /** As clients of the real network have seen it; how it goes on from there is not played. */
  private asksForPasskey(user: Device['user']): boolean {
    const { services } = this.connection;
    if (!services.faults.strike({ account: user.pn, phase: 'pairing' }, ['passkey'])) return false;
    services.counts.add('faults:passkey');
    const options = [node('passkey_request_options', {}, Buffer.from('{"publicKey":{"rpId":"whatsapp.com"}}'))];
    this.connection.send(notification(services, { from: SERVER_JID, type: 'passkey_prologue_request' }, options));
    return true;
  }

  private describe(completion: Completion, user: Device['user'], number: number): Device {
    const { eRegid, eSkeyId, eSkeyVal, eSkeySig, deviceProps: props } = this.data;
    const none = new Uint8Array();
    return {
      user,
      number,
      keys: {
        registrationId: fromBigEndian(eRegid ?? none),
        identity: this.identity,
        signedPreKey: { id: fromBigEndian(eSkeyId ?? none), key: eSkeyVal ?? none, signature: eSkeySig ?? none },
      },
      companion: {
        noiseKey: this.noiseKey,
        keyIndex: completion.keyIndex,
        linkedAt: seconds(this.connection.services.clock),
        synced: false,
        name: deviceProps.decode(props ?? none).os ?? '',
      },
    };
  }

  private admit(device: Device): void {
    const { services } = this.connection;
    services.office.commit(() => services.directory.putDevice(device));
    services.counts.add('linked');
    services.pairings.withdraw(this);
    this.connection.closeWith(streamError({ code: RESTART_REQUIRED }));
  }

  private ask(content: Node[]): Promise<Node> {
    const id = randomBytes(6).toString('hex');
    this.connection.send(node('iq', { from: SERVER_JID, type: 'set', id, xmlns: 'md' }, content));
    return this.answers.wait(id);
  }
}

function pairSuccess({ box, businessName, lidOnly }: Completion, { user, number }: Device): Node[] {
  const lid = formatJid(user.lid, LID_DOMAIN, number);
  const jid = lidOnly ? lid : formatJid(user.pn, PN_DOMAIN, number);
  const business = businessName === undefined ? [] : [node('biz', { name: businessName })];
  const device = node('device', { jid, lid });
  const content = [node('device-identity', {}, box), ...business, device, node('platform', { name: 'android' })];
  return [node('pair-success', {}, content)];
}

/** The refs were shown and the client left without an answer: nobody waits for it. */
function ignoreClosed(): void {}
