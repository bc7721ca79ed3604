import type { Node } from '../protocol/node.js';

/** One node after decryption. `in` is from the client. `account` and `device` are known once it has logged in. */
export interface CapturedNode {
  connection: number;
  account: string | undefined;
  device: number | undefined;
  direction: 'in' | 'out';
  node: Node;
  /** Milliseconds since 1970. */
  at: number;
}

export type CaptureListener = (captured: CapturedNode) => void;

export class Captures {
  private readonly listeners = new Set<CaptureListener>();

  /** Returns the way to stop. */
  listen(listener: CaptureListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get isOn(): boolean {
    return this.listeners.size > 0;
  }

  emit(captured: CapturedNode): void {
    for (const listener of this.listeners) listener(captured);
  }
}
