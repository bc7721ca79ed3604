'use client';

import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { barsOf } from './bars';
import { type NoRecording, Recording } from './recording';
import { toVoiceFile } from './to-ogg';

/** `asking`: for the microphone. `packing`: it is over, and made into a file. */
export type RecorderPhase = 'idle' | 'asking' | 'recording' | 'packing';

export interface VoiceNote {
  file: File;
  waveform: number[];
}

export function useRecorder(onNote: (note: VoiceNote) => void) {
  const t = useTranslations('files');
  const [phase, setPhase] = useState<RecorderPhase>('idle');
  const [, drawAgain] = useState(0);
  const recording = useRef<Recording | null>(null);
  useEffect(() => () => recording.current?.discard(), []);

  const end = () => {
    recording.current = null;
    setPhase('idle');
  };
  const begin = async () => {
    setPhase('asking');
    const begun = await Recording.begin(() => drawAgain((count) => count + 1));
    if (begun instanceof Recording) {
      recording.current = begun;
      return setPhase('recording');
    }
    setPhase('idle');
    toast.error(t(`noRecording.${begun satisfies NoRecording}`));
  };
  const discard = () => {
    recording.current?.discard();
    end();
  };
  const finish = async () => {
    const over = recording.current;
    if (!over) return;
    setPhase('packing');
    try {
      const file = await toVoiceFile(await over.finish());
      onNote({ file, waveform: barsOf(over.levels) });
    } catch {
      toast.error(t('notRecorded'));
    }
    end();
  };
  const { levels = [], seconds = 0 } = recording.current ?? {};
  return { phase, begin, discard, finish, levels, seconds };
}
