/** The clients that wait to be linked, found by a ref of their QR or of their pairing code. */
import type { Registration } from './registration.js';
import type { CompanionHello } from './device.js';

export class Pairings {
  private readonly byRef = new Map<string, Registration>();
  private readonly helloListeners = new Set<(hello: CompanionHello) => void>();

  offer(ref: string, registration: Registration): void {
    this.byRef.set(ref, registration);
  }

  find(ref: string): Registration | undefined {
    return this.byRef.get(ref);
  }

  withdraw(registration: Registration): void {
    for (const [ref, each] of this.byRef) if (each === registration) this.byRef.delete(ref);
  }

  onHello(listener: (hello: CompanionHello) => void): void {
    this.helloListeners.add(listener);
  }

  announce(hello: CompanionHello): void {
    for (const listener of this.helloListeners) listener(hello);
  }

  get size(): number {
    return new Set(this.byRef.values()).size;
  }
}
