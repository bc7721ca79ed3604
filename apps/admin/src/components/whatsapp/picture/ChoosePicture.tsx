'use client';

import { ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';

interface ChoosePictureProps {
  label: string;
  disabled?: boolean;
  onChoose: (file: File | null) => void;
}

/** A button that asks the browser for a picture. */
export function ChoosePicture({ label, disabled, onChoose }: ChoosePictureProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={label}
        onChange={(event) => {
          onChoose(event.target.files?.[0] ?? null);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <Button size="small" disabled={disabled} onClick={() => input.current?.click()}>
        <ImagePlus aria-hidden />
        {label}
      </Button>
    </>
  );
}
