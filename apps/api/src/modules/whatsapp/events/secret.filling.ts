import type { AnyEvent } from '@trunkline/contracts';
import type { Ctx } from '../../auth/ctx.js';
import type { Secrets } from './secrets.js';

/** On delivery, to who may pair: the QR text or the code that the log only names. It stays null once it has run out. */
export async function fillSecret(ctx: Ctx, event: AnyEvent, secrets: Secrets): Promise<AnyEvent> {
  if (event.event === 'account.qr') {
    const secret = await secrets.reveal(ctx, event.payload.secretId);
    return { ...event, payload: { ...event.payload, text: secret?.text ?? null } };
  }
  if (event.event === 'account.pairing_code') {
    const secret = await secrets.reveal(ctx, event.payload.secretId);
    return { ...event, payload: { ...event.payload, code: secret?.text ?? null } };
  }
  return event;
}
