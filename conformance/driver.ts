/**
 * The driver port: what a case may ask of a client, and what the client tells. Three drivers speak it: unpatched Baileys
 * and zapo-js in child processes (`child.driver.ts`, `clients/`), and our engine in this one (`engine.driver.ts`).
 *
 * An account is a name, which is also the number that the client is going to be linked to; its credentials live in the
 * driver for as long as the driver does. Connections come and go: `link` and `login` open one, a `closed` event ends it.
 */
import type { Reason } from '@trunkline/contracts';

export type ClientName = 'baileys' | 'zapo' | 'trunkline';

export interface Start {
  /** `ws://127.0.0.1:…/ws/chat`; drivers add `?account=…`, by which faults before the login find their account. */
  url: string;
  /** Hex. */
  rootKey: string;
  /** Where media are trusted: the authority of the sandbox's media hosts, as a file and as PEM. */
  mediaCa?: { file: string; pem: string };
  /** Milliseconds that a client may wait for a connection or an answer. */
  patienceMs: number;
  /** Milliseconds between two checks whether the link is alive, where the client lets us choose. */
  keepAliveMs: number;
  /** Where accounts keep their keys, each in a folder of its name; in memory when none is given. Baileys only. */
  folder?: string;
}

export interface Verbs {
  /** Opens an unlinked connection: a `qr` event follows, or with a number a `code`. */
  link(args: { number?: string }): void;
  /** Opens a connection with the account's credentials, unless the client is busy doing that by itself. */
  login(args: Record<string, never>): void;
  /** A second connection with the same credentials; its events are not told. */
  rival(args: Record<string, never>): void;
  /** Closes and keeps the credentials. */
  close(args: Record<string, never>): void;
  /** Unlinks this device from here. */
  logout(args: Record<string, never>): void;
  /** `to` is a JID without device. Resolves when the client's own call did: a `status` tells what became of it. */
  send(args: { to: string; text: string; id: string }): void;
  /** As `send`, for what is more than a plain text. Rejects with `… has no verb for …` when the client cannot make it. */
  say(args: { to: string; saying: Saying; id: string }): void;
  /** Declines a call. */
  reject(args: { callId: string; from: string }): void;
  /** Fetches and opens the file of a message that was heard: a `file` event tells what it was. */
  fetch(args: { id: string }): void;
  /** Sets what others see of the account; `picture` is base64, null takes it away. */
  portray(args: { name?: string; about?: string; picture?: string | null }): void;
  /** Looks at somebody: a `looked` event tells what there was. */
  look(args: { jid: string }): void;
  /** A read receipt for one received message. */
  read(args: { chat: string; sender: string; id: string }): void;
}
export type Verb = keyof Verbs;

/** What is said; `about` is the id of a message that this account heard or said before. */
export type Saying =
  | { kind: 'text'; text: string; mentions?: string[] }
  | { kind: 'link'; text: string; url: string; title: string; description: string }
  | { kind: 'reply'; text: string; about: string }
  | { kind: 'reaction'; emoji: string; about: string }
  /** With `of` it is the caption of that file that is new. */
  | { kind: 'edit'; text: string; about: string; of?: Medium }
  | { kind: 'delete'; about: string }
  | { kind: 'forward' | 'pin'; about: string }
  | { kind: 'location'; latitude: number; longitude: number; name?: string }
  | { kind: 'live_location'; latitude: number; longitude: number; sequence?: number }
  | { kind: 'contacts'; contacts: { name: string; phone: string }[] }
  | { kind: 'poll'; question: string; options: string[]; selectable: number }
  | { kind: 'vote'; about: string; options: string[] }
  | { kind: 'disappearing'; text: string; seconds: number }
  | { kind: 'timer'; seconds: number }
  | { kind: 'choices'; text: string; choices: string[] }
  | { kind: 'choice' | 'order' | 'product'; text: string }
  | { kind: 'event'; name: string; startsAt: number; place: string }
  | Medium;

/** A file, base64. */
export interface Medium {
  kind: 'image' | 'video' | 'gif' | 'audio' | 'voice' | 'document' | 'sticker';
  data: string;
  mime: string;
  caption?: string;
  fileName?: string;
  waveform?: number[];
  viewOnce?: true;
}

/**
 * What was heard, in the same words. Around it, where there is any of it: `mentions` (JIDs), `quotes` (the id of what it
 * answers), `score` (how often it was forwarded), `seconds` (how long it lives), `viewOnce`.
 */
export type Heard = { kind: string } & Record<string, unknown>;

/** JIDs are without device. `by` is the member in a group, else the chat or null. */
export type ClientEvent =
  | { type: 'qr'; text: string }
  | { type: 'code'; code: string }
  | { type: 'linked' }
  | { type: 'open' }
  | { type: 'closed'; reason: Reason; code: number | null; detail: string }
  | { type: 'name'; name: string }
  /** `fromMe`: written by the account on another of its devices. */
  | { type: 'message'; id: string; chat: string; sender: string; text: string; fromMe: boolean }
  /** Whatever was heard, texts too. */
  | { type: 'said'; id: string; said: Heard }
  | { type: 'call'; id: string; from: string; status: string; video: boolean }
  | { type: 'unreadable'; id: string }
  | { type: 'status'; id: string; status: 'sent' | 'delivered' | 'read' | 'failed'; by: string | null; code?: unknown }
  /** How somebody looks; `sha256` (hex) of the picture, null where there is none. */
  | { type: 'looked'; jid: string; about: string; sha256: string | null }
  /** Somebody has another picture, or none any more. */
  | { type: 'picture'; jid: string; gone: boolean }
  /** A file that was fetched and opened; `sha256` is hex. */
  | { type: 'file'; id: string; sha256: string; size: number }
  /** An unhandled rejection in the client's process; of no account. */
  | { type: 'crash'; detail: string };
export type EventOf<T extends ClientEvent['type']> = Extract<ClientEvent, { type: T }>;

export interface Driver {
  readonly client: ClientName;
  ask<V extends Verb>(account: string, verb: V, args: Parameters<Verbs[V]>[0]): Promise<void>;
  /** Hears one account's events, in order, from now on. */
  hear(account: string, listener: (event: ClientEvent) => void): void;
  stop(): Promise<void>;
}
