/**
 * The seam between the network and those who use it.
 *
 * A *device* is one key set of one user: the phone (device 0) or a linked companion (1, 2, …). A device is *remote* (a
 * client over the WebSocket) or *local* (a phone or a person that lives in the sandbox). Both speak the same stanzas, so
 * the network never asks which it is: a local device gets the stanzas a socket would have got, and submits what a socket
 * would have sent. Only `network/` knows sockets; only `people/` knows what people do.
 */

import type { MediaShelf } from '../media/media.shelf.js';
import type { Node } from '../protocol/node.js';

export type { Node };

/** `user` is the number or the LID without domain; `device` 0 is the phone. */
export interface DeviceAddress {
  user: string;
  domain: 's.whatsapp.net' | 'lid';
  device: number;
}

/** Public halves, raw 32-byte Curve25519 without the 0x05 prefix; ids as numbers. */
export interface DeviceKeys {
  registrationId: number;
  identity: Uint8Array;
  signedPreKey: { id: number; key: Uint8Array; signature: Uint8Array };
  preKeys: { id: number; key: Uint8Array }[];
}

/** One number: it has a LID always, and a phone number that others may not know. */
export interface UserRecord {
  pn: string;
  lid: string;
  pushName: string;
}

/** A ban as the network says it at login: 403 for ever, 402 until a time (milliseconds since 1970). */
export type Ban = { kind: 'final' } | { kind: 'temporary'; until: number };

export interface GroupRecord {
  id: string;
  subject: string;
  addressing: 'pn' | 'lid';
  /** Numbers. */
  creator: string;
  participants: string[];
  /** The id of its picture. */
  picture: string | null;
}

export interface LocalDevice {
  /**
   * Called in order, one at a time; a rejection is a bug of the sandbox and ends the process in tests. When it resolves,
   * the stanza counts as acknowledged. After a crash in between it comes again, the same in every byte.
   */
  receive(stanza: Node): Promise<void>;
}

export interface AttachedDevice {
  readonly address: DeviceAddress;
  /**
   * As if sent over a socket: `message`, `receipt`, `ack`, `presence`, `chatstate`. Resolves when the network took it,
   * durably; what the network answers (`ack`, with `error` when it refused a message) comes through `receive`.
   */
  submit(stanza: Node): Promise<void>;
  /** As if sent over a socket: resolves with the `iq` answer (`type=result` or `type=error`). */
  query(iq: Node): Promise<Node>;
  /** An absent device gets nothing; what is meant for it waits in order and comes on return, once for each message id. */
  setOnline(online: boolean): void;
  detach(): void;
}

/** `followers`: numbers. */
export interface SandboxChannel {
  id: string;
  name: string;
  followers: string[];
}

/** A message as bytes, and what its stanza is called: `text` or `media`. */
export interface SandboxPost {
  type: string;
  payload: Uint8Array;
}

export interface SandboxChannels {
  all(): SandboxChannel[];
  /** `followers`: LIDs. */
  create(name: string, followers: string[]): SandboxChannel;
  /** False when there is no such channel. */
  post(channel: string, id: string, post: SandboxPost): boolean;
  /** False when there is no such post there, as below. */
  edit(channel: string, id: string, post: SandboxPost): boolean;
  remove(channel: string, id: string): boolean;
}

/** What `people/` needs of `network/`. */
export interface SandboxNetwork {
  createUser(user: UserRecord): void;
  findUser(pnOrLid: string): UserRecord | undefined;
  /** Attaches the phone (device 0) of a user; its keys are published at once. */
  attach(user: UserRecord, keys: DeviceKeys, device: LocalDevice): AttachedDevice;

  /**
   * A phone scanned a QR text or confirmed a pairing code: the network forwards `pair-success` to the waiting client.
   * `box` is the serialized ADVSignedDeviceIdentityHMAC (protocol.md B.4.4). Rejects when no client waits for that ref.
   * Resolves with the number of the new device when the client's `pair-device-sign` was checked.
   */
  completePairing(input: {
    ref: string;
    phone: UserRecord;
    keyIndex: number;
    box: Uint8Array;
    accountSignatureKey: Uint8Array;
    details: Uint8Array;
    businessName?: string;
    /** Leaves the number out of pair-success (`jid` by LID only), as a server may; it is delivered later or never. */
    lidOnly?: boolean;
  }): Promise<{ device: number }>;

  /** Pairing by code: called with the companion's hello; the phone answers through `primaryHello` when a person typed it. */
  onCompanionHello(listener: (hello: CompanionHello) => void): void;
  primaryHello(ref: string, hello: { wrappedEphemeral: Uint8Array; identity: Uint8Array }): Promise<CompanionFinish>;

  /** Device numbers of a user that are linked now, the phone (0) included. */
  linkedDevices(pn: string): number[];
  /** The phone unlinks a companion: it gets 401 device_removed now, or at its next login. */
  unlink(pn: string, device: number): void;

  /** `null` lifts it. Who is banned is thrown out now, and turned away at each login. */
  ban(pn: string, ban: Ban | null): void;
  /** The LID stays; those who know the number are told. Rejects a number that is taken. */
  changeNumber(from: string, to: string): void;

  /** Numbers that a user has blocked. */
  blocked(pn: string): string[];

  /** What a user says about themselves; empty where nothing was ever said. */
  about(pn: string): string;
  /** The id of the picture that a number or a group has, and the whole of it; undefined when it has none. */
  pictureId(of: string): string | undefined;
  picture(of: string): { id: string; bytes: Uint8Array } | undefined;

  /** App-state collections are opaque patches to the network; phones write them, devices fetch them. */
  appendAppState(pn: string, collection: string, patch: Uint8Array): number;

  createGroup(group: { subject: string; creator: string; participants: string[]; addressing: 'pn' | 'lid' }): string;
  groups(): GroupRecord[];
  readonly channels: SandboxChannels;

  /** The media hosts, as those see them who need no line to them. */
  readonly media: MediaShelf;

  /** Totals by name since the start: `messages`, `prekeys:given`, `queries:usync`, `refused:no-participants`, … */
  counts(): Record<string, number>;
}

export interface CompanionHello {
  phone: string;
  ref: string;
  wrappedCompanionEphemeral: Uint8Array;
  companionNoiseKey: Uint8Array;
}

export interface CompanionFinish {
  wrappedKeyBundle: Uint8Array;
  companionIdentity: Uint8Array;
}
