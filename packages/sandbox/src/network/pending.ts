import type { Node } from '../protocol/node.js';

interface Waiting {
  resolve(answer: Node): void;
  reject(error: Error): void;
}

/** The queries that the server asked a client, by id. */
export class Pending {
  private readonly waiting = new Map<string, Waiting>();

  wait(id: string): Promise<Node> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** An answer that nobody waits for is ignored. */
  settle(answer: Node): void {
    const id = answer.attrs.id ?? '';
    this.waiting.get(id)?.resolve(answer);
    this.waiting.delete(id);
  }

  fail(error: Error): void {
    for (const each of this.waiting.values()) each.reject(error);
    this.waiting.clear();
  }
}
