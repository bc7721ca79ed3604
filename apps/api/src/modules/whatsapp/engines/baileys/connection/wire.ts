/** Stanzas to and from the server, for our own sending and receiving. */
import { getBinaryNodeChild, type BinaryNode, type WASocket } from 'baileys';

export type Answer =
  | { ok: true; node: BinaryNode }
  /** `refused` carries the server's code. Neither of the others says whether the server has seen the query. */
  | { ok: false; failure: 'timed_out' | 'closed' | 'refused'; code: number | null; text: string };

export const SERVER = '@s.whatsapp.net';

export class Wire {
  constructor(
    private readonly socket: WASocket,
    /** Aborted when the connection is over: nothing waits longer. */
    private readonly ended: AbortSignal,
    private readonly queryTimeoutMs: number,
  ) {}

  get isClosed(): boolean {
    return this.ended.aborted || !this.socket.ws.isOpen;
  }

  /** Resolves when the frame is with the gate. Rejects when the connection is closed: then it certainly has not left. */
  async send(node: BinaryNode): Promise<void> {
    if (this.ended.aborted) throw new Error('the connection is closed');
    await this.socket.sendNode(node);
  }

  /** Sends a query and waits for its answer; a time-out is an answer, too (protocol.md S4). Never rejects. */
  async ask(node: BinaryNode, timeoutMs = this.queryTimeoutMs): Promise<Answer> {
    const id = node.attrs.id ?? this.socket.generateMessageTag();
    const waiting = this.answerTo(id, timeoutMs);
    try {
      await this.send({ ...node, attrs: { ...node.attrs, id } });
    } catch {
      waiting.give({ ok: false, failure: 'closed', code: null, text: 'the connection is closed' });
    }
    return waiting.answer;
  }

  on(event: string, listener: (node: BinaryNode) => unknown): void {
    this.socket.ws.on(event, listener);
  }

  /** Every stanza that comes, before anything is done with it. */
  onAny(listener: (node: BinaryNode) => void): void {
    this.socket.ws.on('frame', listener);
  }

  private answerTo(id: string, timeoutMs: number) {
    const event = `TAG:${id}`;
    let give = (_answer: Answer): void => undefined;
    const answer = new Promise<Answer>((resolve) => {
      const fail = (failure: 'timed_out' | 'closed') => give({ ok: false, failure, code: null, text: failure });
      const received = (node: BinaryNode): void => give(judge(node));
      const closed = (): void => fail('closed');
      const timer = setTimeout(() => fail('timed_out'), timeoutMs);
      give = (result) => {
        clearTimeout(timer);
        this.socket.ws.off(event, received);
        this.ended.removeEventListener('abort', closed);
        resolve(result);
      };
      this.socket.ws.on(event, received);
      this.ended.addEventListener('abort', closed);
    });
    return { answer, give: (result: Answer) => give(result) };
  }
}

/** The answer to a ping says nothing: a server that answers those alone serves nobody. */
export const isPong = ({ tag, attrs, content }: BinaryNode): boolean =>
  tag === 'iq' && attrs.type === 'result' && (content === undefined || content.length === 0);

function judge(node: BinaryNode): Answer {
  const error = getBinaryNodeChild(node, 'error');
  if (!error && node.attrs.type !== 'error') return { ok: true, node };
  const code = Number(error?.attrs.code);
  return {
    ok: false,
    failure: 'refused',
    code: Number.isNaN(code) ? null : code,
    text: error?.attrs.text ?? 'refused',
  };
}
