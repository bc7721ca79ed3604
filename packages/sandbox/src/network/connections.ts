import type { Connection } from './connection.js';
import { deviceKey, type Device } from './directory.js';

/** The sockets that are open now. */
export class Connections {
  private readonly open = new Set<Connection>();
  private readonly waiting: (() => void)[] = [];

  add(connection: Connection): void {
    this.open.add(connection);
  }

  remove(connection: Connection): void {
    this.open.delete(connection);
    if (this.open.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  whenEmpty(): Promise<void> {
    return new Promise((resolve) => (this.open.size === 0 ? resolve() : this.waiting.push(resolve)));
  }

  all(): Connection[] {
    return [...this.open];
  }

  of(device: Device): Connection[] {
    const known = this.all().filter((each) => !each.forgotten);
    return known.filter((each) => each.device !== undefined && deviceKey(each.device) === deviceKey(device));
  }
}
