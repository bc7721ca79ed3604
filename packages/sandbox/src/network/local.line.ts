import type { LocalDevice } from './device.js';
import type { Mailbox } from './mailbox.js';
import type { Line } from './post.office.js';
import type { Node } from '../protocol/node.js';

/** Brings mail and passing stanzas to a device of the sandbox, one at a time, while it is online. */
export class LocalLine implements Line {
  private readonly passing: Node[] = [];
  private running = false;
  private open = true;

  constructor(
    private readonly device: LocalDevice,
    private readonly mailbox: Mailbox,
  ) {
    this.start();
  }

  deliver(): void {
    this.start();
  }

  tell(stanza: Node): void {
    this.passing.push(stanza);
    this.start();
  }

  /** What is being received is finished; nothing more comes. */
  close(): void {
    this.open = false;
  }

  private start(): void {
    if (this.running) return;
    this.running = true;
    // Not in the caller's turn: who submits must not be called back before it knows that it has submitted.
    setImmediate(() => void this.pump());
  }

  private async pump(): Promise<void> {
    while (this.open) {
      const stanza = this.passing.shift();
      const mail = stanza ? undefined : this.mailbox.first();
      if (stanza) await this.device.receive(stanza);
      else if (mail) await this.device.receive(mail.stanza);
      else break;
      if (mail) this.mailbox.remove(mail);
    }
    this.running = false;
  }
}
