/**
 * Store and forward. Every stanza that must not be lost (`message`, `receipt`, `notification`) is written down for each
 * device before it is acked to its sender, goes out in order when the device is there, and stays until the device has
 * acknowledged it.
 */
import type { Node } from '../protocol/node.js';
import type { Store } from '../store/store.js';
import { deviceKey, type Device } from './directory.js';
import { Mailbox, type Acknowledgement, type Mail } from './mailbox.js';
import { Taken } from './taken.js';

/** Where a device's stanzas go while it is there: a socket, or a phone or person of the sandbox. */
export interface Line {
  /** New mail lies in the mailbox. */
  deliver(mail: Mail): void;
  /** Not worth keeping: presence, typing, acks. */
  tell(stanza: Node): void;
}

export class PostOffice {
  private readonly mailboxes = new Map<string, Mailbox>();
  private readonly lines = new Map<string, Line>();
  private readonly taken: Taken;
  private outgoing: { device: Device; mail: Mail }[] = [];
  private depth = 0;

  constructor(private readonly store: Store) {
    this.taken = new Taken(store);
  }

  /** All that is posted inside becomes durable at once, and only then leaves. */
  commit<T>(work: () => T): T {
    this.depth += 1;
    try {
      const result = this.store.transaction(work);
      if (this.depth === 1) this.deliver();
      return result;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) this.outgoing = [];
    }
  }

  private deliver(): void {
    const leaving = this.outgoing;
    this.outgoing = [];
    for (const { device, mail } of leaving) this.lines.get(deviceKey(device))?.deliver(mail);
  }

  /**
   * Call inside `commit`. With `once` (the sender's device and the message id) a device that has taken the same before
   * does not get it again; false then.
   */
  post(device: Device, stanza: Node, once?: string): boolean {
    if (once !== undefined && !this.taken.mark(`${deviceKey(device)}<${once}`)) return false;
    this.outgoing.push({ device, mail: this.mailbox(device).put(stanza) });
    return true;
  }

  /** The device could not read it and asks for it anew: the same id may pass again. */
  wantsAgain(device: Device, once: string): void {
    this.taken.unmark(`${deviceKey(device)}<${once}`);
  }

  acknowledge(device: Device, what: Acknowledgement): Mail | undefined {
    return this.mailbox(device).acknowledge(what);
  }

  /** False when the device is not there. */
  tell(device: Device, stanza: Node): boolean {
    const line = this.lines.get(deviceKey(device));
    line?.tell(stanza);
    return line !== undefined;
  }

  mailbox(device: Device): Mailbox {
    const key = deviceKey(device);
    let mailbox = this.mailboxes.get(key);
    if (!mailbox) this.mailboxes.set(key, (mailbox = new Mailbox(this.store, `network.mail.${key}`)));
    return mailbox;
  }

  open(device: Device, line: Line): void {
    this.lines.set(deviceKey(device), line);
  }

  /** Only by the line that is open: an older connection must not close a newer one. */
  close(device: Device, line: Line): void {
    if (this.lines.get(deviceKey(device)) === line) this.lines.delete(deviceKey(device));
  }

  isThere(device: Device): boolean {
    return this.lines.has(deviceKey(device));
  }

  /** An unlinked device: nothing waits for it any more. */
  forget(device: Device): void {
    this.mailbox(device).clear();
    this.mailboxes.delete(deviceKey(device));
    this.lines.delete(deviceKey(device));
  }
}
