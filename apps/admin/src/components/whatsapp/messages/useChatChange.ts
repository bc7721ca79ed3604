'use client';

import type { Chat, ChatChange } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { chats } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { putChat } from '@/lib/live/chat-cache';

/** Done at WhatsApp first, and shown when it has it. */
export function useChatChange(chat: Chat, done?: (change: ChatChange) => void) {
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (change: ChatChange) => chats.change(chat.id, change),
    onSuccess: (answer, change) => {
      putChat(client, answer);
      done?.(change);
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
