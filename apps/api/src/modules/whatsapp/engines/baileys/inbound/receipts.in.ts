/**
 * Receipts of what this account sent, from the raw stanzas: written to the journal before they are acked. A receipt that
 * asks for a message again is acked when the answer to it is on its way.
 */
import { buildAckStanza, getAllBinaryNodeChildren, getBinaryNodeChild, type BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';

/** Others say which of their own devices has what, or concern what we received. */
const STATUS: Record<string, 'delivered' | 'read' | 'played'> = {
  delivered: 'delivered',
  inactive: 'delivered',
  read: 'read',
  played: 'played',
};

export class InboundReceipts {
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly account: AccountContext,
    /** Sends a message again to the device that could not read it. */
    private readonly resend: (receipt: BinaryNode) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  receive(node: BinaryNode): Promise<void> {
    if (node.attrs.type === 'retry') return this.retry(node);
    this.turn = this.turn.then(() => this.take(node)).catch(this.failed);
    return this.turn;
  }

  private async retry(node: BinaryNode): Promise<void> {
    await this.resend(node).catch(this.failed);
    await this.ack(node);
  }

  private async take(node: BinaryNode): Promise<void> {
    const { from, participant, type = 'delivered', t } = node.attrs;
    const { people, journal } = this.account;
    const status = STATUS[type];
    const by = participant ?? from;
    if (status && !people.isMe(by)) {
      const chat = await people.chat(from);
      const at = Number(t) * 1000 || null;
      if (chat) journal.emit({ type: 'receipt', waIds: idsOf(node), chat, by: await people.person(by), status, at });
    }
    await this.ack(node);
  }

  private async ack(node: BinaryNode): Promise<void> {
    await this.account.wire.send(buildAckStanza(node, undefined, this.account.creds.me?.id));
  }
}

/** One in the attributes, more in a list. */
export function idsOf(receipt: BinaryNode): string[] {
  const list = getBinaryNodeChild(receipt, 'list');
  const more = list ? getAllBinaryNodeChildren(list).map(({ attrs }) => attrs.id) : [];
  return [receipt.attrs.id, ...more].filter((id): id is string => Boolean(id));
}
