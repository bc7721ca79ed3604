'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';

interface Options<T> {
  /** What to say when it is done. */
  done?: string;
  then?: (answer: T) => void;
}

/** Does something in the sandbox, says how it went, and shows the sandbox as it is then. */
export function useSandboxAct<Input, T>(act: (input: Input) => Promise<T>, { done, then }: Options<T> = {}) {
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: keys.sandbox });
      if (done) toast.success(done);
      then?.(answer);
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
