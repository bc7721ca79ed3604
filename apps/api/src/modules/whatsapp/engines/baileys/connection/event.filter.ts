/**
 * Which of Baileys' own events pass. It collects messages, chats, contacts and statuses in a buffer, folds them into each
 * other and repeats a message it cannot read as a stub without content (protocol.md S12, S15). None of that reaches the
 * account: messages, receipts and acks are taken from the raw stanzas. What is left is handed on at once, unbuffered.
 *
 * An update of the credentials that does not speak of `me` is given the present one: Baileys would take the silence for a
 * changed push name, and send an empty presence each time (S7).
 */
import type { AuthenticationCreds, BaileysEventMap, WASocket } from 'baileys';

const PASSED = new Set<keyof BaileysEventMap>(['connection.update', 'lid-mapping.update', 'message-capping.update']);

export interface EventTaps {
  /** Called inside Baileys' processing of a history notification, before it goes on. */
  history(set: BaileysEventMap['messaging-history.set']): void;
  /** Messages that the phone sent again on our request; all others come as stanzas. */
  resent(messages: BaileysEventMap['messages.upsert']['messages']): void;
  /** What the phone did with its chats and messages, read from app state. */
  chats(updates: BaileysEventMap['chats.update']): void;
  messages(updates: BaileysEventMap['messages.update']): void;
}

export function filterEvents(events: WASocket['ev'], creds: AuthenticationCreds, taps: EventTaps): void {
  const emit = events.emit.bind(events);
  events.emit = (event, data) => {
    if (event === 'messaging-history.set') taps.history(data as BaileysEventMap['messaging-history.set']);
    if (event === 'messages.upsert') {
      const upsert = data as BaileysEventMap['messages.upsert'];
      if (upsert.requestId) taps.resent(upsert.messages);
    }
    if (event === 'chats.update') taps.chats(data as BaileysEventMap['chats.update']);
    if (event === 'messages.update') taps.messages(data as BaileysEventMap['messages.update']);
    if (event === 'creds.update')
      return emit(event, withMe(data as Partial<AuthenticationCreds>, creds) as typeof data);
    return PASSED.has(event) ? emit(event, data) : false;
  };
}

const withMe = (update: Partial<AuthenticationCreds>, { me }: AuthenticationCreds): Partial<AuthenticationCreds> =>
  update.me || !me ? update : { ...update, me };
