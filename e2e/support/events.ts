import { type AnyEvent, type EventName, GATEWAY_PATH } from '@trunkline/contracts';
import { io, type Socket } from 'socket.io-client';

type EventOf<N extends EventName> = Extract<AnyEvent, { event: N }>;

/** A subscriber of the gateway that keeps what it got, so that a test can wait for what came or will come. */
export class Events {
  readonly seen: AnyEvent[] = [];
  private waiting = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    socket.on('event', (event: AnyEvent) => {
      this.seen.push(event);
      for (const wake of this.waiting) wake();
    });
  }

  static async open(url: string, apiKey: string, accountId: string | null = null, since?: number): Promise<Events> {
    const socket = io(url, { path: GATEWAY_PATH, transports: ['websocket'], auth: { apiKey }, forceNew: true });
    const events = new Events(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const answer = await socket.timeout(10_000).emitWithAck('subscribe', { accountId, since });
    if (!answer.ok) throw new Error(`subscribe: ${answer.message}`);
    return events;
  }

  /** The first event of this name, past or to come, for which `wanted` holds. */
  async next<N extends EventName>(
    name: N,
    wanted: (event: EventOf<N>) => boolean = () => true,
    seconds = 30,
  ): Promise<EventOf<N>> {
    const find = () =>
      this.seen.find((event): event is EventOf<N> => event.event === name && wanted(event as EventOf<N>));
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found) finish(() => resolve(found));
      };
      const names = () => this.seen.map((event) => event.event).join(', ');
      const timer = setTimeout(
        () => finish(() => reject(new Error(`no ${name} within ${seconds} s; got: ${names()}`))),
        seconds * 1000,
      );
      const finish = (then: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        then();
      };
      this.waiting.add(look);
      look();
    });
  }

  close(): void {
    this.socket.disconnect();
  }
}
