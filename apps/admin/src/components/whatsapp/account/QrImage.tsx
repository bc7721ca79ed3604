'use client';

import { LoaderCircle } from 'lucide-react';
import { QRCodeSVG } from 'qrcode.react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';

/** Black on white in both themes: phones read it best so. The frame is as wide as the code will be, always. */
const frame = 'aspect-square w-full rounded-2xl border p-3';

export function QrImage({ text }: { text: string }) {
  const t = useTranslations('link');
  return (
    <div className={`${frame} bg-white`} data-testid="qr" data-qr-text={text}>
      <QRCodeSVG value={text} level="L" marginSize={1} title={t('qrAlt')} className="size-full" role="img" />
    </div>
  );
}

interface QrPlaceholderProps {
  waiting: boolean;
  children?: ReactNode;
}

export function QrPlaceholder({ waiting, children }: QrPlaceholderProps) {
  const t = useTranslations('link');
  return (
    <div className={`${frame} grid place-items-center border-dashed bg-sunken`}>
      {waiting ? (
        <p role="status" className="grid justify-items-center gap-3 text-center text-ink-soft">
          <LoaderCircle className="size-6 animate-spin" aria-hidden />
          {t('waitingForQr')}
        </p>
      ) : (
        children
      )}
    </div>
  );
}
