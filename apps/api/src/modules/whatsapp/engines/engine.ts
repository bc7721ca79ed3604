/**
 * The engine port: a WhatsApp library behind a small required part and optional capabilities. Only plain data crosses it.
 *
 * A *session* is one live attempt to run one account. `connect` never throws for the network: problems become `closed`
 * events with a reason, and a session that has closed is thrown away; the account's supervisor decides about the next one.
 *
 * Everything a session learns or changes goes into its journal (`sessions/journal.ts`) and nothing it knows leaves the
 * socket before the journal made it durable: the output gate. An adapter therefore
 *  - reads and writes keys and credentials by `journal.get` and `journal.put`,
 *  - tells the account what happened by `journal.emit`, synchronously, in the same step as the ratchet change it belongs to,
 *  - hands each outgoing frame to `journal.pass`, in order, and lets it leave only when called back.
 */
import type { HoldCode, MessageContent, MessageKind, Network, Reason, SendFailureCode } from '@trunkline/contracts';
import type { ChannelJid, GroupJid, LidUser, PersonAddress, PhoneDigits } from '../jid.js';
import type { SessionJournal } from '../sessions/journal.js';
import type { StanzaTrace } from './trace/stanza.trace.js';
import type { ChatCapability, ChatMark } from './chats.js';
import type { Line } from './line.js';
import type { MediaCapability, MediaFacts, MediaReference } from './media.js';
import type { Portrayed, ProfileCapability } from './profile.js';

export interface Engine {
  readonly name: string;
  /** The client version that the network is told unless `Endpoint.version` says another. */
  readonly version: string;
  /** What this engine can do besides the required part; the page hides what is missing. */
  readonly capabilities: ReadonlySet<Capability>;
  open(start: SessionStart): EngineSession;
}

export type Capability =
  'pairing-code' | 'groups' | 'contacts' | 'media' | 'presence' | 'passkey' | 'chats' | 'profile';

export interface SessionStart {
  accountId: string;
  network: Network;
  /** Records and events of this account; bound to the lease's epoch. */
  journal: SessionJournal;
  endpoint: Endpoint;
  /**
   * True when the vault holds a linked session: log in. False: link a new device; the journal is then one of a new,
   * empty session, since the records of an old identity are of no use to the new one.
   */
  linked: boolean;
  /** Where the account has a way of its own to the network: everything goes by it. */
  line?: Line | undefined;
  /** Set to link by code instead of QR. */
  pairByCode?: PhoneDigits;
  trace?: StanzaTrace;
}

/** Where the network is. Undefined parts mean WhatsApp's own. */
export interface Endpoint {
  url?: string;
  /** WhatsApp web version such as `2.3000.1027934701`; undefined: the engine's default. */
  version?: string;
  /** PEM: vouches for the media hosts, and is trusted for them alone. */
  mediaCa?: string;
}

export interface EngineSession {
  connect(): void;
  /** Closes the socket and keeps the session's credentials. Safe to repeat; resolves when nothing of it runs any more. */
  disconnect(): Promise<void>;
  /** Unlinks this device at WhatsApp, then closes. Resolves also when the network did not answer in time. */
  logout(): Promise<void>;
  /** Who this account is, as far as the engine knows now; undefined while it does not know itself. May ask the network. */
  identity(): Promise<Identity | undefined>;
  /**
   * Milliseconds (as timers count them) since the server last said anything that shows it serves this connection; answers to
   * keep-alive pings do not count. Infinity when it never did.
   */
  silentMs(): number;
  /** A round trip that proves the server answers queries. False on a time-out (milliseconds); never throws. */
  probe(timeoutMs: number): Promise<boolean>;
  /**
   * Sends one message under the id chosen by the caller. Resolves when the frame was handed to the gate, which is *not*
   * sent: `message-ack` tells that. Rejects never: a failure is a value that says whether it is certain.
   */
  send(message: OutboundMessage): Promise<SendResult>;
  groups?: GroupCapability;
  presence?: PresenceCapability;
  calls?: CallCapability;
  media?: MediaCapability;
  chats?: ChatCapability;
  profile?: ProfileCapability;
}

export interface CallCapability {
  /** Declines a call that rings. The caller sees that it was declined; so does the phone. */
  reject(callId: string, from: PersonAddress): Promise<void>;
}

/** What others see of this account besides messages. All of it is lost, without a word, when the network is away. */
export interface PresenceCapability {
  /** "typing…" and the like, in a chat. WhatsApp shows it for some seconds. */
  show(chat: PersonAddress | GroupJid, doing: Doing): Promise<void>;
  /** Blue ticks for messages of one chat. `sender` is who wrote them; in a chat with a person, that person. */
  read(chat: PersonAddress | GroupJid, messages: { waId: string; sender: PersonAddress }[]): Promise<void>;
  /** From now on `presence` events tell of this person, until the connection ends. */
  watch(person: PersonAddress): Promise<void>;
}

export type Doing = 'typing' | 'recording' | 'paused';

export interface Identity extends PersonAddress {
  pushName: string | null;
  /** The companion number at WhatsApp; 0 is the phone. */
  device: number | null;
}

export interface OutboundMessage {
  /** WhatsApp id, 20 to 32 upper-case hex characters. */
  waId: string;
  to: PersonAddress | GroupJid;
  content: MessageContent;
  /** No session was ever handed it: nothing that was composed before is looked for, which would cost a read each. */
  isFirst?: boolean;
  /** For media: the file, uploaded. */
  media?: EngineMedia;
  /** For replies: the quoted message as WhatsApp identifies it. */
  quoted?: { waId: string; sender: PersonAddress | null; fromMe: boolean; content: MessageContent };
  /** How often it was forwarded, this time included; 0 or undefined: it is new. */
  forwardingScore?: number;
  /** In a chat with disappearing messages: how long this one lives. */
  ephemeralSeconds?: number | null;
  /** May be looked at once; for media. */
  viewOnce?: boolean;
  /** For reactions, edits and deletions: who wrote the message they are about, and what it is. Undefined: this account, a text. */
  target?: { sender: PersonAddress | null; fromMe: boolean; kind?: MessageKind };
}

/** A file at WhatsApp, and what is said about it. */
export interface EngineMedia {
  reference: MediaReference;
  facts: MediaFacts;
}

export type SendResult = { ok: true } | { ok: false; code: SendFailureCode; detail: string; certain: boolean };

export type { SendFailureCode };

/** `until`: how long WhatsApp will refuse, in milliseconds since 1970, where it says so. */
export interface Refusal {
  code: SendFailureCode;
  detail: string;
  until?: number;
}

export interface GroupCapability {
  /** All groups this account takes part in. Rejects when the network did not answer: an empty list means no groups. */
  list(): Promise<EngineGroup[]>;
  read(group: GroupJid): Promise<EngineGroup>;
}

export interface EngineGroup {
  group: GroupJid;
  subject: string;
  description: string | null;
  addressing: 'pn' | 'lid';
  announcement: boolean;
  locked: boolean;
  participants: { person: PersonAddress; role: 'member' | 'admin' | 'superadmin' }[];
}

/** What a session tells its account. `at` values are server times in milliseconds since 1970 where the wire has one. */
export type EngineEvent =
  | { type: 'connecting' }
  /** Emitted for each QR; a new one follows before `ttlMs` has passed. */
  | { type: 'qr'; text: string; ttlMs: number }
  | { type: 'pairing-code'; code: string; ttlMs: number }
  /** The phone confirmed: credentials are stored with this event. Next expect `closed` with `restart_required`. */
  | { type: 'linked'; identity: Identity }
  /** The server accepted the login. Not yet verified: see `EngineSession.probe`. */
  | { type: 'open' }
  /** Number, LID or push name became known. */
  | { type: 'identity'; identity: Identity }
  /** The session is over and holds nothing any more. */
  | { type: 'closed'; reason: Reason; code: number | null; detail: string; retryAfterSeconds?: number; until?: number }
  | { type: 'message'; message: InboundMessage }
  /** The server took (or refused) a message: `failure` undefined means taken. */
  | { type: 'message-ack'; waId: string; at: number | null; failure?: Refusal }
  | {
      type: 'receipt';
      waIds: string[];
      chat: PersonAddress | GroupJid;
      /** Who received or read it; in groups the member. */
      by: PersonAddress | null;
      status: 'delivered' | 'read' | 'played';
      at: number | null;
    }
  /** A status, or something in a channel: never part of a chat. */
  | { type: 'post'; post: InboundPost }
  /** What a channel is called became known. */
  | { type: 'channel'; channel: ChannelJid; name: string }
  /** What a message says became readable after it was told. */
  | { type: 'message-read'; waId: string; content: MessageContent }
  /** Somebody set how long messages of a chat live; null: for ever. */
  | { type: 'ephemeral'; chat: PersonAddress | GroupJid; seconds: number | null; at: number }
  /** On any device of the account. */
  | { type: 'chat-marked'; chat: PersonAddress | GroupJid; mark: ChatMark }
  | { type: 'starred'; chat: PersonAddress | GroupJid; waId: string; starred: boolean }
  | { type: 'blocked'; person: PersonAddress; blocked: boolean }
  /** All whom the account has blocked. */
  | { type: 'blocklist'; people: PersonAddress[] }
  /** On any device, by anybody: there is another picture to ask for, or (`gone`) none any more. */
  | { type: 'picture-changed'; of: Portrayed; gone: boolean }
  | { type: 'about-changed'; of: 'own' | PersonAddress; about: string }
  /** Messages from before the link come in parts: how much of them is here, in percent. */
  | { type: 'history-progress'; percent: number }
  /** The phone has answered `older`: so many messages came before this, and whether it has still older ones. */
  | { type: 'older-messages'; chat: PersonAddress | GroupJid; count: number; more: boolean }
  /** WhatsApp told of a limit of the account. `until`: milliseconds since 1970, null where it did not say, 0 when it is over. */
  | { type: 'limit'; code: HoldCode; until: number | null }
  /** Somebody calls; the line in the chat came with a `message` of its own, whose id is the call's. */
  | { type: 'call'; callId: string; from: PersonAddress; video: boolean }
  /** Never kept: true for some seconds. */
  | { type: 'typing'; chat: PersonAddress | GroupJid; by: PersonAddress; doing: Doing }
  | { type: 'presence'; person: PersonAddress; online: boolean; lastSeenAt: number | null }
  /** Number and LID of one person became known to be one. */
  | { type: 'people'; people: (PersonAddress & { name?: string })[] }
  | { type: 'groups'; groups: EngineGroup[]; complete: boolean }
  | { type: 'group-changed'; group: GroupJid }
  | { type: 'group-left'; group: GroupJid };

/** Also an edit or a deletion of an earlier one (`content.targetWaId`). */
export interface InboundPost {
  waId: string;
  place: 'status' | ChannelJid;
  /** Who posted a status; null in channels, where nobody is told. */
  author: PersonAddress | null;
  authorName: string | null;
  /** Posted by this account on another of its devices. */
  fromMe: boolean;
  /** Of media, `mediaId` is not known yet: `UNSTORED_MEDIA`. */
  content: MessageContent;
  media?: EngineMedia;
  at: number;
  raw: Uint8Array;
}

export interface InboundMessage {
  waId: string;
  chat: PersonAddress | GroupJid;
  sender: PersonAddress;
  senderName: string | null;
  /** Written by this account on another of its devices. */
  fromMe: boolean;
  /** Of media, `mediaId` is not known yet: `UNSTORED_MEDIA`. */
  content: MessageContent;
  media?: EngineMedia;
  quotedWaId: string | null;
  /** How often it was forwarded before it came here. */
  forwardingScore: number;
  viewOnce: boolean;
  /** It has a star already; undefined: it does not say. */
  starred?: boolean;
  /** How long it may be kept, by the sender's word; null: for ever. */
  ephemeralSeconds: number | null;
  at: number;
  /**
   * From history sync: older than the link, stored quietly. What waited in the offline queue is not history: it is new
   * to this account, and an event as any other.
   */
  history: boolean;
  /** The decrypted protobuf, kept sealed so that a kind we do not know yet is not lost. */
  raw: Uint8Array;
}

/** A LID without domain, as some events carry it. */
export type { LidUser };
