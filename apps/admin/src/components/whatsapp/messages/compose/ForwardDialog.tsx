'use client';

import type { Chat, Message } from '@trunkline/contracts';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { messages } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { itemsOf } from '@/lib/live/pages';
import { listChats } from '@/lib/queries/messages';
import { randomId } from '@/lib/random-id';
import { SearchField } from '../../SearchField';
import { ChatPicture } from '../ChatRow';
import { ChatTitle } from '../ChatTitle';

interface ForwardDialogProps {
  message: Message | null;
  onClose: () => void;
}

/** To another chat of the same account. */
export function ForwardDialog({ message, onClose }: ForwardDialogProps) {
  const t = useTranslations('messages');
  return (
    <Dialog open={message !== null} onOpenChange={onClose}>
      {message && (
        <DialogContent title={t('forwardTo')}>
          <ChatChoice message={message} onDone={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function ChatChoice({ message, onDone }: { message: Message; onDone: () => void }) {
  const t = useTranslations('messages');
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const query = useInfiniteQuery(listChats({ accountId: message.accountId, search }));
  const forward = useMutation({
    mutationFn: ({ id: chatId }: Chat) =>
      messages.send(
        { accountId: message.accountId, chatId, content: { kind: 'forward', messageId: message.id } },
        randomId(),
      ),
    onSuccess: () => {
      toast.success(t('forwardedNow'));
      onDone();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  return (
    <div className="grid gap-3">
      <SearchField label={t('search')} value={search} onChange={setSearch} />
      <ul className="max-h-72 overflow-y-auto" aria-label={t('chats')}>
        {itemsOf(query.data).map((chat) => (
          <li key={chat.id}>
            <button
              type="button"
              disabled={forward.isPending}
              onClick={() => forward.mutate(chat)}
              className="flex w-full items-center gap-3 rounded-lg px-2 py-2 text-start hover:bg-sunken"
            >
              <ChatPicture chat={chat} className="size-9" />
              <span className="truncate font-medium">
                <ChatTitle chat={chat} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
