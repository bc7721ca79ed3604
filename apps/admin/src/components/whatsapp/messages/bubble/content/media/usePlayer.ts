'use client';

import { useEffect, useRef, useState } from 'react';

const RATES = [1, 1.5, 2];

/** What sounds now: another that begins ends it. */
let sounding: HTMLAudioElement | null = null;

/** `known`: seconds, as long as the file itself was not asked. */
export function usePlayer(known: number | null) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(known ?? 0);
  const [rate, setRate] = useState(1);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = rate;
  }, [rate, playing]);

  const toggle = () => {
    const sound = audio.current;
    if (!sound) return;
    // What a browser cannot play rejects here, and tells so by its error, too.
    if (sound.paused) sound.play().catch(() => setPlaying(false));
    else sound.pause();
  };
  const seek = (seconds: number) => {
    if (audio.current) audio.current.currentTime = seconds;
    setAt(seconds);
  };
  const faster = () => setRate((held) => RATES[(RATES.indexOf(held) + 1) % RATES.length] ?? 1);
  const events = {
    onPlay: () => {
      if (sounding !== audio.current) sounding?.pause();
      sounding = audio.current;
      setPlaying(true);
    },
    onPause: () => setPlaying(false),
    onEnded: () => seek(0),
    onTimeUpdate: () => setAt(audio.current?.currentTime ?? 0),
    onError: () => setBroken(true),
    onDurationChange: () => {
      const { duration = Infinity } = audio.current ?? {};
      if (Number.isFinite(duration) && duration > 0) setLength(duration);
    },
  };
  return { audio, playing, at, length, rate, broken, toggle, seek, faster, events };
}
