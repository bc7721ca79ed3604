/**
 * Links a new device: QR after QR, or one code, until the phone confirms or the server has no more (protocol.md B.4,
 * B.4b). Nothing is stored before the phone has confirmed; then the credentials and the news are one commit, and the
 * answer that completes the link leaves after it.
 */
import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from 'baileys';
import type { PhoneDigits } from '../../../jid.js';
import type { AccountContext } from '../account.context.js';
import { BROWSER } from '../browser.js';
import type { Closing } from '../reasons.js';
import { requestCode } from './code.request.js';

const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;

/**
 * Since mid-2026 the server asks some accounts for a passkey once the phone has scanned (WhiskeySockets/Baileys#2672,
 * #2696). It wants a browser and a person's finger; the phone waits and the link would end without a word.
 */
export const PASSKEY_NOTICES = ['passkey_prologue_request', 'crsc_continuation'] as const;

export class Pairing {
  private shown = 0;
  private refs = 0;

  constructor(
    private readonly account: AccountContext,
    private readonly byCode: PhoneDigits | undefined,
    private readonly refuse: (closing: Closing) => void,
  ) {}

  /** Call before Baileys sees the stanza that offers the refs. */
  offered(stanza: BinaryNode): void {
    this.refs = getBinaryNodeChildren(getBinaryNodeChild(stanza, 'pair-device'), 'ref').length;
  }

  async qr(text: string): Promise<void> {
    const first = this.shown === 0;
    this.shown += 1;
    if (!this.byCode) {
      this.account.journal.emit({ type: 'qr', text, ttlMs: first ? FIRST_QR_MS : NEXT_QR_MS });
    } else if (first) await this.code(this.byCode);
  }

  /** An error to any query while linking: the server will have none of it. */
  refused(stanza: BinaryNode): void {
    const error = getBinaryNodeChild(stanza, 'error');
    this.refuse(refusal(Number(error?.attrs.code) || null, error?.attrs.text));
  }

  passkeyWanted(): void {
    this.refuse({ reason: 'passkey_required', code: null, detail: 'the server asks for a passkey' });
  }

  private async code(phone: PhoneDigits): Promise<void> {
    const { wire, creds, journal } = this.account;
    const answer = await requestCode(wire, creds, phone, BROWSER);
    // The connection ends with the last ref, and the code with it.
    const ttlMs = FIRST_QR_MS + NEXT_QR_MS * Math.max(0, this.refs - 1);
    if (answer.ok) journal.emit({ type: 'pairing-code', code: answer.code, ttlMs });
    else if (answer.failure === 'refused') this.refuse(refusal(answer.code, answer.text));
    else if (answer.failure === 'timed_out')
      this.refuse({ reason: 'connection_timeout', code: null, detail: 'no answer to the request for a code' });
  }
}

const RATE_LIMITED = 429;

function refusal(code: number | null, text: string | undefined): Closing {
  const reason = code === RATE_LIMITED ? 'rate_limited' : 'linking_refused';
  return { reason, code, detail: text ?? 'the server refused to link' };
}
