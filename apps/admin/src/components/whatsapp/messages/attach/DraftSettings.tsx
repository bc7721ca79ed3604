'use client';

import { type MediaKind, MEDIA_FITS } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { useSizeText } from '@/lib/format/size';
import { type Draft, kindsOf, missedKind, takesViewOnce } from './draft';

interface DraftSettingsProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** As what it goes, where there is a choice, and why it goes as a document where there is none. */
export function DraftSettings({ draft, onChange }: DraftSettingsProps) {
  const t = useTranslations('files');
  const kind = useTranslations('messages');
  const sizeText = useSizeText();
  const kinds = kindsOf(draft.file);
  const missed = missedKind(draft.file);
  return (
    <>
      {kinds.length > 1 && (
        <Field label={t('sendAs')}>
          {(control) => (
            <Select
              {...control}
              value={draft.kind ?? ''}
              options={kinds.map((each) => ({ value: each, label: kind(`kind.${each}`) }))}
              onValueChange={(value) =>
                onChange({ kind: value as MediaKind, viewOnce: draft.viewOnce && takesViewOnce(value as MediaKind) })
              }
            />
          )}
        </Field>
      )}
      {missed && (
        <p className="text-pretty text-[0.8125rem] text-ink-soft">
          {t('asDocument', {
            kind: kind(`kind.${missed}`),
            types: namesOf(missed),
            size: sizeText(MEDIA_FITS[missed].mostBytes),
          })}
        </p>
      )}
      {takesViewOnce(draft.kind) && (
        <label className="flex items-center justify-between gap-3 text-[0.8125rem]">
          {t('viewOnce')}
          <Switch checked={draft.viewOnce} onCheckedChange={(viewOnce) => onChange({ viewOnce })} />
        </label>
      )}
    </>
  );
}

/** As "JPEG, PNG". */
const namesOf = (kind: MediaKind): string =>
  [...new Set((MEDIA_FITS[kind].types ?? []).map((type) => type.split('/')[1]!.replace(/^x-/, '').toUpperCase()))].join(
    ', ',
  );
