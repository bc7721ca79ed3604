import type { Media } from '@trunkline/contracts';
import { posterOf } from './poster';
import { sendFile } from './send-file';

/** `checking`: all of it has left, and the server looks at it. */
export type UploadPhase = 'waiting' | 'sending' | 'checking' | 'done' | 'failed';

export interface UploadState {
  phase: UploadPhase;
  /** Bytes that have left. */
  loaded: number;
  media: Media | null;
}

const WAITING: UploadState = { phase: 'waiting', loaded: 0, media: null };

/**
 * One file on its way to our server. It waits until `run`; what failed may run again, and what is there is not sent twice.
 * A store for `useSyncExternalStore`: the snapshot is another object whenever something changed.
 */
export class Upload {
  private state = WAITING;
  private readonly listeners = new Set<() => void>();
  private ended = new AbortController();
  private address: string | null = null;

  constructor(
    readonly accountId: string,
    readonly file: File,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): UploadState => this.state;

  /** For an element that shows the file while it is here only. */
  get preview(): string {
    return (this.address ??= URL.createObjectURL(this.file));
  }

  /** Throws `ApiError`, or an `AbortError` when it was cancelled. */
  async run(): Promise<Media> {
    if (this.state.media) return this.state.media;
    const { accountId, file } = this;
    this.ended.signal.throwIfAborted();
    this.change({ phase: 'sending', loaded: 0 });
    try {
      const poster = await posterOf(file);
      const onProgress = (loaded: number) =>
        this.change({ phase: loaded < file.size ? 'sending' : 'checking', loaded });
      const media = await sendFile({ accountId, file, poster, signal: this.ended.signal, onProgress });
      this.change({ phase: 'done', loaded: file.size, media });
      return media;
    } catch (error) {
      this.change({ phase: 'failed' });
      throw error;
    }
  }

  /** For good: nothing of it is shown after this. */
  cancel(): void {
    this.ended.abort(new DOMException('The upload was cancelled', 'AbortError'));
    this.release();
  }

  /** What it was shown from is given back; it is drawn from the server now. */
  release(): void {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
  }

  private change(change: Partial<UploadState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
