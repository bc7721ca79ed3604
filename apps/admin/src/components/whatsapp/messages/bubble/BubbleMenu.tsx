'use client';

import type { Message } from '@trunkline/contracts';
import { Copy, Ellipsis, Forward, Info, Pencil, Reply, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Dropdown, DropdownContent, DropdownItem, DropdownSeparator, DropdownTrigger } from '@/components/ui/dropdown';
import { InfoSheet } from '../outbox/InfoSheet';
import { useConversation } from './conversation';
import { canDelete, canEdit, canForward, canStar } from './possible';
import { StarItem } from './StarItem';
import { useMay } from '@/lib/hooks/useMay';
import { serverNow } from '@/lib/live/server-time';

const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** Reply, react, copy, edit, forward, star, look at details, delete: what can be done with this message now. */
export function BubbleMenu({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const { reply, edit, forward } = useConversation();
  const outbox = useTranslations('outbox');
  const [deleting, setDeleting] = useState(false);
  const [details, setDetails] = useState(false);
  const may = useMay('operator');
  // For who may do nothing with it there is nothing to open.
  if (!may && message.direction === 'in' && !hasText(message)) return null;
  return (
    <>
      <Dropdown>
        <DropdownTrigger asChild>
          <Button
            variant="ghost"
            size="icon-small"
            aria-label={t('actions')}
            className="opacity-0 transition-opacity focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-60"
          >
            <Ellipsis />
          </Button>
        </DropdownTrigger>
        <DropdownContent>
          {may && (
            <>
              <QuickReactions message={message} />
              <DropdownSeparator />
              <DropdownItem onSelect={() => reply(message)}>
                <Reply className="rtl:-scale-x-100" aria-hidden />
                {t('reply')}
              </DropdownItem>
            </>
          )}
          <CopyText message={message} />
          {may && canForward(message) && (
            <DropdownItem onSelect={() => forward(message)}>
              <Forward className="rtl:-scale-x-100" aria-hidden />
              {t('forward')}
            </DropdownItem>
          )}
          {may && canStar(message) && <StarItem message={message} />}
          {may && canEdit(message, serverNow()) && (
            <DropdownItem onSelect={() => edit(message)}>
              <Pencil aria-hidden />
              {t('edit')}
            </DropdownItem>
          )}
          {message.direction === 'out' && (
            <DropdownItem onSelect={() => setDetails(true)}>
              <Info aria-hidden />
              {outbox('details')}
            </DropdownItem>
          )}
          {may && canDelete(message) && (
            <DropdownItem danger onSelect={() => setDeleting(true)}>
              <Trash2 aria-hidden />
              {t('deleteForAll')}
            </DropdownItem>
          )}
        </DropdownContent>
      </Dropdown>
      {message.direction === 'out' && <InfoSheet message={message} open={details} onClose={() => setDetails(false)} />}
      <DeleteDialog message={message} open={deleting} onOpenChange={setDeleting} />
    </>
  );
}

function QuickReactions({ message: { id, reactions } }: { message: Message }) {
  const t = useTranslations('messages');
  const { send } = useConversation();
  const own = reactions.find(({ by }) => by.some(({ personId }) => personId === null))?.emoji;
  return (
    <div className="flex" role="group" aria-label={t('react')}>
      {QUICK.map((emoji) => (
        <DropdownItem
          key={emoji}
          aria-label={t('reactWith', { emoji })}
          className={own === emoji ? 'bg-accent-wash px-2 text-lg' : 'px-2 text-lg'}
          onSelect={() => send({ kind: 'reaction', emoji: own === emoji ? '' : emoji, messageId: id })}
        >
          {emoji}
        </DropdownItem>
      ))}
    </div>
  );
}

const hasText = ({ content }: Message): boolean => 'text' in content && content.text !== '';

function CopyText({ message }: { message: Message }) {
  const t = useTranslations('common');
  const { content } = message;
  if (!('text' in content) || !hasText(message)) return null;
  return (
    <DropdownItem onSelect={() => void navigator.clipboard.writeText(content.text)}>
      <Copy aria-hidden />
      {t('copy')}
    </DropdownItem>
  );
}

interface DeleteDialogProps {
  message: Message;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function DeleteDialog({ message, open, onOpenChange }: DeleteDialogProps) {
  const t = useTranslations('messages');
  const { send } = useConversation();
  const remove = () => {
    send({ kind: 'delete', messageId: message.id });
    onOpenChange(false);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('deleteTitle')}
      description={t('deleteText')}
      confirmLabel={t('deleteForAll')}
      danger
      onConfirm={remove}
    />
  );
}
