'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { useSizeText } from '@/lib/format/size';
import { systemQuery } from '@/lib/queries/system';
import { sends } from '../sends';
import { type Draft, type Refusal, refusalOf, takesCaption } from './draft';
import { DraftPreview } from './DraftPreview';
import { DraftSettings } from './DraftSettings';
import { DraftStrip } from './DraftStrip';
import { FileInput } from './FileInput';
import type { Offered } from './offered';

interface AttachDialogProps {
  drafts: Draft[];
  onOffer: (given: Offered) => void;
  onChange: (id: string, part: Partial<Draft>) => void;
  onRemove: (id: string) => void;
  onClose: () => void;
  onSend: (drafts: Draft[]) => void;
}

/** What was chosen, as it will go: looked at, with a caption, before anything leaves. */
export function AttachDialog(props: AttachDialogProps) {
  const t = useTranslations('files');
  const { drafts, onClose } = props;
  return (
    <Dialog open={drafts.length > 0} onOpenChange={onClose}>
      {drafts.length > 0 && (
        <DialogContent title={t('title', { count: drafts.length })} className="sm:max-w-lg">
          <AttachForm {...props} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function AttachForm({ drafts, onOffer, onChange, onRemove, onSend }: AttachDialogProps) {
  const t = useTranslations('files');
  const common = useTranslations('common');
  const more = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { data: system } = useQuery(systemQuery);
  const refusals = new Map(drafts.map(({ id, file }) => [id, refusalOf(file, system?.mediaMaxBytes ?? Infinity)]));
  const good = drafts.filter(({ id }) => !refusals.get(id));
  const draft = drafts.find(({ id }) => id === wanted) ?? drafts[0]!;
  const refusal = refusals.get(draft.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (good.length > 0) onSend(good);
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <DraftPreview key={draft.id} draft={draft} />
      <NameLine draft={draft} />
      {refusal ? (
        <Refused refusal={refusal} />
      ) : (
        <DraftSettings draft={draft} onChange={(part) => onChange(draft.id, part)} />
      )}
      {!refusal && takesCaption(draft.kind) && (
        <Field label={t('caption')}>
          {(control) => (
            <Textarea
              {...control}
              key={draft.id}
              autoFocus={matchMedia('(pointer: fine)').matches}
              dir="auto"
              rows={1}
              maxLength={65_536}
              className="field-sizing-content max-h-32 min-h-10 resize-none"
              value={draft.caption}
              onChange={(event) => onChange(draft.id, { caption: event.target.value })}
              onKeyDown={(event) => sends(event) && submit(event)}
            />
          )}
        </Field>
      )}
      <DraftStrip
        drafts={drafts}
        chosen={draft.id}
        refused={new Set(drafts.filter(({ id }) => refusals.get(id)).map(({ id }) => id))}
        onChoose={setWanted}
        onRemove={onRemove}
        onAdd={() => more.current?.click()}
      />
      <FileInput ref={more} onOffer={onOffer} />
      <DialogFooter className="mt-2">
        <DialogClose asChild>
          <Button>{common('cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={good.length === 0}>
          {t('send', { count: good.length })}
        </Button>
      </DialogFooter>
    </form>
  );
}

function NameLine({ draft: { file } }: { draft: Draft }) {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  return (
    <p className="flex gap-2 text-[0.8125rem]">
      <bdi className="min-w-0 flex-1 truncate font-medium">{file.name || t('file')}</bdi>
      <span className="shrink-0 text-ink-soft">{sizeText(file.size)}</span>
    </p>
  );
}

function Refused({ refusal }: { refusal: Refusal }) {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  return (
    <p role="alert" className="text-pretty rounded-lg bg-bad-wash px-3 py-2 text-[0.8125rem] text-bad">
      {refusal.why === 'empty' ? t('empty') : t('tooBig', { size: sizeText(refusal.most) })}
    </p>
  );
}
