/** A message with a file is accepted: the file is the account's, is here, fits the kind, and is on its way to WhatsApp. */
import type { MediaContent } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import { MEDIA_TYPE_OF } from '../engines/media.js';
import { misfit } from './kind.fit.js';
import { findSendable, wantUpload } from './media.repository.js';

interface Where {
  ctx: Ctx;
  /** The account. */
  id: string;
  now: Date;
}

export async function withFile<C extends MediaContent>(
  sql: Sql,
  { ctx, id: accountId, now }: Where,
  content: C,
): Promise<C> {
  const { mediaId } = content;
  const file = await findSendable(sql, ctx, accountId, mediaId);
  if (!file) throw wrong('not_found', 'The account has no such file: upload it for this account first.');
  if (file.state !== 'ready') throw wrong('media_not_ready', 'The file is not here: fetch it, or upload it.');
  const problem = misfit(content, file);
  if (problem) throw wrong('validation_failed', problem);
  await wantUpload(sql, { accountId, mediaId, type: MEDIA_TYPE_OF[content.kind] }, now);
  return content;
}

const wrong = (code: 'not_found' | 'media_not_ready' | 'validation_failed', message: string): ProblemError =>
  new ProblemError(code, message, [{ field: 'content.mediaId', message }]);
