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
  /** A read receipt for one received message. */
  read(args: { chat: string; sender: string; id: string }): void;
}
export type Verb = keyof Verbs;

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
  | { type: 'unreadable'; id: string }
  | { type: 'status'; id: string; status: 'sent' | 'delivered' | 'read' | 'failed'; by: string | null; code?: unknown }
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
