'use client';

import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { useErrorText } from '@/lib/hooks/useErrorText';

interface RemoveDialogProps {
  /** Null while nothing is to go. */
  of: { id: string } | null;
  title: string;
  text: string;
  confirm: string;
  /** What is said once it is gone. */
  done: string;
  remove: (id: string) => Promise<unknown>;
  /** The list that it was in. */
  list: QueryKey;
  onClose: () => void;
}

/** Asks, takes one out of a list for good, and says so; what went wrong is said, too, and one may try again. */
export function RemoveDialog({ of, title, text, confirm, done, remove, list, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const errorText = useErrorText();
  const { mutate, isPending } = useMutation({
    mutationFn: remove,
    // Closed only when the list is without it: what is gone cannot be taken out again.
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: list });
      toast.success(done);
      onClose();
    },
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <ConfirmDialog
      open={of !== null}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={text}
      confirmLabel={confirm}
      danger
      busy={isPending}
      onConfirm={() => of && mutate(of.id)}
    />
  );
}
