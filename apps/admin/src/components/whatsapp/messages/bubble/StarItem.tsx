'use client';

import type { Message } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Star, StarOff } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { DropdownItem } from '@/components/ui/dropdown';
import { messages } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { changeMessage } from '@/lib/live/message-cache';

export function StarItem({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const client = useQueryClient();
  const errorText = useErrorText();
  const { mutate } = useMutation({
    mutationFn: () => messages.change(message.id, { starred: !message.starred }),
    onSuccess: (answer) => changeMessage(client, answer),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <DropdownItem onSelect={() => mutate()}>
      {message.starred ? <StarOff aria-hidden /> : <Star aria-hidden />}
      {t(message.starred ? 'unstar' : 'star')}
    </DropdownItem>
  );
}
