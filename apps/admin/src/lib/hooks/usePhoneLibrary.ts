'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { loadPhoneLibrary, phoneLibrary, watchPhoneLibrary } from '../format/phone';

/** Loads the tables of numbers, and draws again when they are there. */
export function usePhoneLibrary(): void {
  useSyncExternalStore(watchPhoneLibrary, phoneLibrary, () => null);
  useEffect(() => void loadPhoneLibrary(), []);
}
