import type { ErrorCode } from '@trunkline/contracts';

/** What a person or program may ask of an account, and with what. Each is safe to run twice. */
export interface CommandInputs {
  initialize: Record<string, never>;
  disconnect: Record<string, never>;
  reset: Record<string, never>;
  logout: Record<string, never>;
  remove: Record<string, never>;
  'restore-session': { generationId: string };
  'accept-number': Record<string, never>;
  'refuse-number': Record<string, never>;
  'refresh-groups': Record<string, never>;
  /** Of the health check. */
  'find-number': Record<string, never>;
  check: Record<string, never>;
  /** Of queued messages: those of these ids, or all of a batch. */
  'cancel-messages': { ids: string[] | null; batchId: string | null };
  /** E.164, checked for form. */
  phone: { phoneNumber: string };
  /** Digits of the phone that is to be linked. */
  'pairing-code': { phone: string };
}
export type Verb = keyof CommandInputs;

export interface CommandAnswers extends Record<Verb, object> {
  /** The code is in the sealed secret of that id. */
  'pairing-code': { secretId: string; expiresAt: string };
}

export type Answer = ({ ok: true } & Record<string, unknown>) | { ok: false; code: ErrorCode; message: string };

export interface Command<V extends Verb = Verb> {
  id: string;
  accountId: string;
  verb: V;
  input: CommandInputs[V];
}
