/** How an account comes into each phase, and where in it the fault strikes. */
import type { CapturedNode } from '@trunkline/sandbox';
import type { Phase } from '../../accounts/faults/phase.js';
import type { Cell } from './cell.js';
import { ctx } from './matrix.world.js';

type Enter = (cell: Cell) => Promise<void>;

const has = (node: CapturedNode['node'], tag: string): boolean =>
  Array.isArray(node.content) && node.content.some((each) => each.tag === tag || has(each, tag));

async function newcomer(cell: Cell): Promise<void> {
  const { world } = cell;
  cell.take({ id: await world.create(), phone: await world.control.createPhone({ pushName: 'Matrix' }) });
  await cell.strike.prepare?.(cell);
}

async function showQr(cell: Cell): Promise<string> {
  await newcomer(cell);
  await cell.world.accounts.initialize(ctx, cell.id);
  return cell.world.qr(cell.id);
}

/** The phone may be told that it failed, and by some faults it never hears: nobody waits for it. */
const scan = (cell: Cell, qr: string): void => void cell.world.control.scan(cell.number, { qr }).catch(() => undefined);

async function linked(cell: Cell, account = cell.world.linked()): Promise<void> {
  cell.take(await account);
  await cell.strike.prepare?.(cell);
  await cell.world.online(cell.id);
}

export const ENTER: Record<Phase, Enter> = {
  async connecting(cell) {
    await newcomer(cell);
    await cell.hit({ phase: 'connecting' });
    await cell.world.accounts.initialize(ctx, cell.id);
  },
  async qr(cell) {
    const qr = await showQr(cell);
    await cell.hit({ phase: 'pairing' });
    if (cell.fault === 'passkey') scan(cell, qr);
  },
  async code(cell) {
    await newcomer(cell);
    const { code } = await cell.world.accounts.pairingCode(ctx, cell.id, `+${cell.number}`);
    await cell.hit({ phase: 'pairing' });
    const { number, world } = cell;
    if (cell.fault === 'passkey') world.control.typeCode(number, { code }).catch(() => undefined);
  },
  async scanned(cell) {
    const qr = await showQr(cell);
    const { number } = cell;
    await cell.hit({ account: number, phase: 'scanned' }, ({ node }) => has(node, 'pair-success'));
    scan(cell, qr);
  },
  async 'first-sync'(cell) {
    const qr = await showQr(cell);
    const { number: account, strike } = cell;
    const moment = ({ node, account: whose }: CapturedNode) => node.tag === 'success' && whose === account;
    if (strike.atLogin && !strike.prepare) await cell.hit({ phase: 'connecting' });
    else await cell.hit({ account, phase: 'first-sync' }, moment);
    scan(cell, qr);
  },
  async idle(cell) {
    await linked(cell);
    await cell.hit({ account: cell.number, phase: 'online' });
  },
  async sending(cell) {
    // One that has written to nobody yet: an account has a limit for first contacts.
    await linked(cell, cell.world.link());
    const { world, number: account } = cell;
    const person = await world.control.createPerson({ rule: { kind: 'silent' } });
    [cell.person, cell.text] = [person.number, `sent during ${cell.fault}`];
    const moment = ({ node, account: whose, direction }: CapturedNode) =>
      node.tag === 'message' && whose === account && direction === 'in';
    await cell.hit({ account, phase: 'sending' }, moment);
    await world.messages.send(ctx, { accountId: cell.id, to: `+${person.number}`, text: cell.text });
  },
  async reconnecting(cell) {
    await linked(cell);
    const { world, number: account, strike } = cell;
    const waitsForLogin = strike.effect !== undefined || strike.atLogin;
    if (waitsForLogin) await cell.hit({ ...(strike.atLogin ? {} : { account }), phase: 'connecting' });
    else await world.control.setListening(false);
    await world.control.drop({ account });
    if (waitsForLogin) return;
    await world.until('the drop', async () => (await world.state(cell.id)).connection === 'reconnecting');
    await cell.hit({});
    await world.control.setListening(true);
  },
  async 'logging-out'(cell) {
    await linked(cell);
    const { world, number: account, id } = cell;
    await cell.hit({ account, phase: 'leaving' }, ({ node }) => has(node, 'remove-companion-device'));
    await world.accounts.logout(ctx, id);
  },
  async resetting(cell) {
    await linked(cell);
    const { world, number: account, id, strike } = cell;
    await world.accounts.disconnect(ctx, id);
    await world.until('no engine', async () => world.engine.live(id) === 0);
    await cell.hit({ ...(strike.atLogin ? {} : { account }), phase: 'connecting' });
    await world.accounts.reset(ctx, id);
  },
};
