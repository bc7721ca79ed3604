/** Files in messages: sent on, and with captions that change. */
import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import type { InboundMessage } from '../engines/engine.js';
import { smallPicture } from '../testing/media.facts.js';
import { ctx, useMessages } from '../testing/use.messages.js';

const its = useMessages();
const { claimed, database, idOf, receive, send } = its;

const uploadsOf = async (mediaId: string) =>
  (await database.pool.query('select type, state, reference from mkt_wap_media_uploads where media_id = $1', [mediaId]))
    .rows;

/** A picture that came in, with its file. */
async function pictured(over: Partial<InboundMessage> = {}): Promise<{ id: string; mediaId: string }> {
  const content = { kind: 'image', mediaId: UNSTORED_MEDIA, caption: 'look' } as const;
  const id = await idOf(await receive({ content, media: smallPicture, ...over }));
  const { rows } = await database.pool.query(
    `update mkt_wap_media set state = 'ready', sha256 = 'abc' where id = (
       select media_id from mkt_wap_messages where id = $1) returning id`,
    [id],
  );
  return { id, mediaId: rows[0].id };
}

it('sends a file on from where it lies at WhatsApp, as long as it lies there, and as the kind that it came as', async () => {
  const { id: messageId, mediaId } = await pictured();
  const { content, forwardingScore } = await send({ kind: 'forward', messageId });
  expect([content, forwardingScore]).toEqual([{ kind: 'image', mediaId, caption: 'look' }, 1]);
  const there = { type: 'image', state: 'ready', reference: Buffer.from('sealed') };
  expect(await uploadsOf(mediaId)).toEqual([there]);
  await send({ kind: 'document', mediaId });
  expect(await uploadsOf(mediaId)).toContainEqual({ type: 'document', state: 'pending', reference: null });

  const old = await pictured();
  await database.pool.query(`update mkt_wap_media set created_at = created_at - interval '15 days' where id = $1`, [
    old.mediaId,
  ]);
  await send({ kind: 'forward', messageId: old.id });
  expect(await uploadsOf(old.mediaId)).toEqual([{ type: 'image', state: 'pending', reference: null }]);
});

it('forwards nothing that may be seen once', async () => {
  const { id: messageId } = await pictured({ viewOnce: true });
  await expect(send({ kind: 'forward', messageId })).rejects.toMatchObject({ code: 'validation_failed' });
});

it('edits a caption where there is one, and tells the engine of what', async () => {
  const { mediaId } = await pictured();
  const own = await send({ kind: 'image', mediaId, caption: 'first' });
  const edit = await send({ kind: 'edit', text: 'second', messageId: own.id });
  // Nothing in the chat waits for its file any more.
  await database.pool.query(`update mkt_wap_media_uploads set state = 'ready'`);
  expect(await claimed(edit.id)).toMatchObject({ target: { fromMe: true, kind: 'image' } });
  expect((await its.messages.read(ctx, own.id)).content).toMatchObject({ kind: 'image', caption: 'second' });
  const bare = await send({ kind: 'image', mediaId });
  await expect(send({ kind: 'edit', text: 'words', messageId: bare.id })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
