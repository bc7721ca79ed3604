/** A network in a process of its own, with one phone and one person who is away: for a spec that kills it with -9. */
import { startNetwork } from '../network/network.js';
import { TestPhone } from './phone.js';

const SHOP = { pn: '9990100000001', lid: '184320557700001', pushName: 'Shop' };
export const ADA = { pn: '9990100000002', lid: '184320557700002', pushName: 'Ada' };

export type Command =
  { do: 'scan'; ref: string; identity: string; advSecret: string } | { do: 'fetch' } | { do: 'groups' };

if (process.argv[1]?.endsWith('network.process.ts')) await run(process.argv[2] ?? '');

async function run(dataDir: string): Promise<void> {
  const network = await startNetwork({ dataDir });
  const shop = new TestPhone(network, SHOP);
  const ada = new TestPhone(network, ADA, 3);
  ada.device.setOnline(false);
  process.on('message', (command: Command) => {
    void perform(command).then((result) => process.send?.({ result }));
  });
  process.send?.({ url: network.url, rootKey: hex(network.rootKey) });

  async function perform(command: Command): Promise<unknown> {
    if (command.do === 'groups') return network.groups();
    if (command.do === 'scan') {
      const identity = { publicKey: bytes(command.identity), privateKey: new Uint8Array() };
      return shop.scan({ identity, advSecret: Buffer.from(bytes(command.advSecret)) }, command.ref);
    }
    ada.device.setOnline(true);
    const { queue } = await settled();
    return queue;
  }

  /** All that waited for Ada, once nothing more comes. */
  async function settled(): Promise<{ queue: string[] }> {
    let before = -1;
    while (ada.received.length !== before) {
      before = ada.received.length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { queue: ada.received.filter(({ tag }) => tag === 'message').map(({ attrs }) => attrs.id ?? '') };
  }
}

function hex(of: Uint8Array): string {
  return Buffer.from(of).toString('hex');
}

function bytes(of: string): Uint8Array {
  return new Uint8Array(Buffer.from(of, 'hex'));
}
