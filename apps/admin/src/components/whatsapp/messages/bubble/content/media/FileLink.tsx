'use client';

import type { Media } from '@trunkline/contracts';
import { Download, File as FileIcon, FileText, FileSpreadsheet, FileArchive, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { fileAddress } from '@/lib/api/media';
import { useSizeText } from '@/lib/format/size';

const ICONS: [type: RegExp, icon: LucideIcon][] = [
  [/sheet|excel|csv/, FileSpreadsheet],
  [/zip|tar|compressed|rar/, FileArchive],
  [/pdf|text|word|document/, FileText],
];

/** A download, whatever it is: nothing of it is opened here. */
export function FileLink({ media, name }: { media: Media; name?: string | undefined }) {
  const t = useTranslations('messages');
  const sizeText = useSizeText();
  const Icon = ICONS.find(([type]) => type.test(media.mime))?.[1] ?? FileIcon;
  const shown = name ?? media.fileName ?? t('kind.document');
  return (
    <a
      href={`${fileAddress(media.id)}?download=1`}
      download={shown}
      className="flex w-72 max-w-full items-center gap-3 rounded-xl bg-ink/5 p-2.5 hover:bg-ink/10"
    >
      <Icon className="size-7 shrink-0 text-accent" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <bdi>{shown}</bdi>
        </span>
        <span className="block truncate text-xs text-ink-soft">
          {[media.size !== null && sizeText(media.size), typeName(shown, media.mime)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Download className="size-4 shrink-0 text-ink-soft" aria-hidden />
    </a>
  );
}

/** As people call it: by its ending, else by the second half of its type. */
function typeName(name: string, mime: string): string {
  const ending = /\.([\p{L}\d]{1,8})$/u.exec(name)?.[1];
  return (
    ending ??
    mime
      .split(';')[0]!
      .split('/')[1]!
      .replace(/^(x-|vnd\.)/, '')
  ).toUpperCase();
}
