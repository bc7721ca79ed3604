/**
 * What a step of an edit, a deletion, a reaction or a vote of ours does to the message it concerns. One that failed or ran
 * out is told as an update of that message, as is one that was thought to have failed and did not; a deletion that WhatsApp
 * has is obeyed here, too.
 */
import type { Sql } from '../../../../database/database.js';
import { FALLEN, LANDED } from '../changes.js';
import { obeyDeletions } from '../erase.repository.js';
import { announceUpdated, type TargetKey } from '../message.updated.js';
import type { Moved } from './status.writer.js';

export async function followChanges(sql: Sql, moved: readonly Moved[], now: Date): Promise<void> {
  const changes = moved.filter(({ target_wa_id: target }) => target !== null);
  if (changes.length === 0) return;
  const landed = changes.filter(({ kind, status }) => kind === 'delete' && LANDED.has(status));
  await obeyDeletions(sql, landed.map(targetOf), now);
  const turned = changes.filter(({ status, failed_at: failedAt }) => FALLEN.has(status) || failedAt !== null);
  await announceUpdated(sql, turned.map(targetOf), now);
}

const targetOf = ({ chat_id: chatId, target_wa_id: waId }: Moved): TargetKey => ({ chatId, waId: waId! });
