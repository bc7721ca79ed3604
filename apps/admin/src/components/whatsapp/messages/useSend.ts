'use client';

import type { Message, SendContent } from '@trunkline/contracts';
import { useMutation, useMutationState, useQueryClient, type MutationStatus } from '@tanstack/react-query';
import { useCallback } from 'react';
import { messages } from '@/lib/api/whatsapp';
import { noteMessage } from '@/lib/live/chat-cache';
import { keys } from '@/lib/live/keys';
import { putMessage } from '@/lib/live/message-cache';
import { loadAgain } from '@/lib/live/load-again';
import { itemsOf, type Pages } from '@/lib/live/pages';
import { randomId } from '@/lib/random-id';
import { serverNow } from '@/lib/live/server-time';
import { bodyOf, type Extras, type Outgoing } from './outgoing';
import { threadKey, type Thread } from './thread';

/** A message on its way, as a row: `error` when the request failed; `success` while its chat is not loaded yet. */
export interface Sending extends Outgoing {
  status: MutationStatus;
  error: Error | null;
}

/**
 * Sends one after another within a conversation, so that they arrive in the order in which they were written. What
 * failed is tried again with its key, so that it is sent once however often it is tried.
 */
export function useSend(thread: Thread, onSent?: (message: Message) => void) {
  const client = useQueryClient();
  const key = ['send', threadKey(thread)];
  const { mutate } = useMutation({
    mutationKey: key,
    scope: { id: key.join(' ') },
    mutationFn: async (outgoing: Outgoing) => {
      await outgoing.upload?.run();
      return messages.send(bodyOf(outgoing), outgoing.idempotencyKey);
    },
    onSuccess: (message, { upload }) => {
      upload?.release();
      putMessage(client, message);
      noteMessage(client, message);
      if (thread.chat === null) loadAgain(client, keys.chatLists);
      onSent?.(message);
    },
  });
  const sending = useMutationState<Sending>({
    filters: { mutationKey: key, exact: true, predicate: ({ state }) => !thread.chat || state.status !== 'success' },
    select: ({ state }) => ({ ...(state.variables as Outgoing), status: state.status, error: state.error }),
  });
  const send = (content: SendContent, extras: Extras = {}) =>
    mutate(outgoingOf(thread, content, extras, lastOrdinal()));
  const lastOrdinal = () =>
    (thread.chat && itemsOf(client.getQueryData<Pages<Message>>(keys.messages(thread.chat.id)))[0]?.ordinal) ?? null;
  const again = useCallback(
    (outgoing: Outgoing, changed = outgoing) => {
      forget(client, outgoing);
      const { idempotencyKey, body, after, writtenAt, upload } = changed;
      mutate({ idempotencyKey, body, after, writtenAt, ...(upload && { upload }) });
    },
    [client, mutate],
  );
  const discard = useCallback(
    (outgoing: Outgoing) => {
      outgoing.upload?.cancel();
      forget(client, outgoing);
    },
    [client],
  );
  return { send, sending, again, discard };
}

function outgoingOf(
  thread: Thread,
  content: SendContent,
  { quotedMessageId, timing, upload, viewOnce }: Extras,
  after: string | null,
): Outgoing {
  const target = thread.chat ? { chatId: thread.chat.id } : { to: thread.to };
  return {
    idempotencyKey: randomId(),
    body: {
      accountId: thread.accountId,
      ...target,
      content,
      ...(quotedMessageId && { quotedMessageId }),
      ...(viewOnce && { viewOnce }),
      ...timing,
    },
    ...(upload && { upload }),
    after,
    writtenAt: new Date(serverNow()).toISOString(),
  };
}

function forget(client: ReturnType<typeof useQueryClient>, { idempotencyKey }: Outgoing): void {
  const cache = client.getMutationCache();
  for (const mutation of cache.findAll({ mutationKey: ['send'] })) {
    if ((mutation.state.variables as Outgoing | undefined)?.idempotencyKey === idempotencyKey) cache.remove(mutation);
  }
}
