import { EventEmitter } from 'node:events';
import type { Credential } from './caller.js';

/** Tells those who serve somebody that a session or a key has ended in this process; other processes see it by looking. */
export class CredentialEndings {
  readonly #emitter = new EventEmitter<{ ended: [Credential] }>();

  ended(credential: Credential): void {
    this.#emitter.emit('ended', credential);
  }

  /** @returns what stops the listening */
  listen(listener: (credential: Credential) => void): () => void {
    this.#emitter.on('ended', listener);
    return () => this.#emitter.off('ended', listener);
  }
}
