'use client';

import { useSyncExternalStore } from 'react';
import { type Upload, type UploadState } from './upload';

const NOTHING: UploadState = { phase: 'done', loaded: 0, media: null };
const never = () => () => undefined;
const nothing = () => NOTHING;

/** How far a file is; for what has none it is done. */
export const useUpload = (upload: Upload | undefined): UploadState =>
  useSyncExternalStore(upload?.subscribe ?? never, upload?.snapshot ?? nothing, nothing);
