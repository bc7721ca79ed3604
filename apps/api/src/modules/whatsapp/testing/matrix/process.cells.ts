/**
 * Faults of processes: the started product, one account in each phase, and one strike for all of them. Real time: a lease
 * lasts 20 s, and no clock is turned over it.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, AccountQr } from '@trunkline/contracts';
import { type Phone, SandboxControl } from '@trunkline/sandbox';
import { signal } from '../../../../processes/identity.js';
import { waitUntil } from '../../../../processes/wait.js';
import { type Product, startProduct } from '../../../../testing/product.js';
import { startSpecPostgres } from '../../../../testing/spec-postgres.js';
import { type Fault, PROCESS_FAULTS } from '../../accounts/faults/fault.js';
import { type Phase, PHASE_NAMES } from '../../accounts/faults/phase.js';
import { DatabaseLine } from './database.line.js';
import { breathe } from './turned.js';

type ProcessFault = (typeof PROCESS_FAULTS)[number];
type Say = (cell: string, ms: number, failure: string | undefined) => void;

/** Longer than the lease of 20 s. */
const PAUSED_MS = 25_000;
const GONE_MS = 30_000;
/** All is to be well again within this time after the strike. */
const WITHIN_MS = 120_000;

interface Placed {
  id: string;
  phone: Phone;
  /** Who is written to, in the phase `sending`. */
  person?: string;
  qr?: string;
  /** Of its state before the strike. */
  since?: string;
}

export async function processCells(say: Say): Promise<void> {
  const postgres = await startSpecPostgres();
  const line = new DatabaseLine(postgres.url);
  await line.open();
  const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-matrix-'));
  const product = await startProduct({
    env: { DATA_DIR: dataDir, DATABASE_URL: line.url, SANDBOX: 'on', PAGES: 'off' },
  });
  try {
    for (const fault of PROCESS_FAULTS) await new Stage(product, line).drive(fault, say);
  } finally {
    await product.stop();
    await line.close();
    await postgres.stop();
  }
}

class Stage {
  readonly #control: SandboxControl;
  readonly #placed = new Map<Phase, Placed>();

  constructor(
    private readonly product: Product,
    private readonly line: DatabaseLine,
  ) {
    this.#control = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
  }

  async drive(fault: ProcessFault, say: Say): Promise<void> {
    for (const phase of ORDER) this.#placed.set(phase, await ENTER[phase](this));
    const began = performance.now();
    for (const placed of this.#placed.values()) placed.since = (await this.account(placed.id)).state.since;
    await this.#strike(fault);
    await this.#control.clearFaults();
    await Promise.all(
      PHASE_NAMES.map(async (phase) => {
        const failure = await this.#settles(phase).catch((error: Error) => error.message);
        say(`${fault}/${phase}`, performance.now() - began, failure);
      }),
    );
    for (const { id } of this.#placed.values()) await this.call('DELETE', `/whatsapp/accounts/${id}`);
  }

  async #strike(fault: Fault): Promise<void> {
    const worker = this.product.running.watched.find(({ name }) => name.startsWith('worker'))!;
    if (fault === 'worker-killed') signal(worker, 'SIGKILL');
    if (fault === 'worker-paused') {
      signal(worker, 'SIGSTOP');
      await breathe(PAUSED_MS);
      signal(worker, 'SIGCONT');
    }
    if (fault === 'database-gone') {
      await this.line.cut();
      await breathe(GONE_MS);
      await this.line.open();
    }
  }

  /** Undefined when the account goes on where it was. */
  async #settles(phase: Phase): Promise<string | undefined> {
    const placed = this.#placed.get(phase)!;
    let now: Account | undefined;
    const look = async () => {
      now = await this.account(placed.id).catch(() => undefined);
      return now !== undefined && (await this.#isWell(phase, placed, now));
    };
    if (await waitUntil(look, { withinMs: WITHIN_MS, everyMs: 250 })) return undefined;
    return `it is ${JSON.stringify(now?.state)}`;
  }

  async #isWell(phase: Phase, placed: Placed, { state }: Account): Promise<boolean> {
    const { status, connection, reason, userAction } = state;
    if (phase === 'logging-out') return reason === 'logged_out' && connection === 'offline';
    if (phase === 'resetting') return reason === 'reset_by_user' && connection === 'offline';
    if (phase === 'scanned') return reason === 'linking_refused' && userAction === 'retry_initialize';
    if (phase === 'connecting' || phase === 'qr' || phase === 'code') {
      const shown = await this.qr(placed.id).catch(() => undefined);
      return status === 'warming' && reason === 'none' && shown !== undefined && shown !== placed.qr;
    }
    // By another connection than before the strike: what is shown before it is noticed proves nothing.
    if (status !== 'active' || connection !== 'connected' || state.since === placed.since) return false;
    if (!placed.person) return true;
    const { items } = await this.#control.seen(placed.person);
    return items.length === 1 && items[0]!.times === 1;
  }

  get control(): SandboxControl {
    return this.#control;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = {
      'x-api-key': this.product.apiKey,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.product.url}/api${path}`, { method, headers, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  account = (id: string) => this.call<Account>('GET', `/whatsapp/accounts/${id}`);
  qr = async (id: string) => (await this.call<AccountQr>('GET', `/whatsapp/accounts/${id}/qr`)).text;

  async newcomer(): Promise<Placed> {
    const { id } = await this.call<Account>('POST', '/whatsapp/accounts', { name: 'Matrix', network: 'sandbox' });
    return { id, phone: await this.#control.createPhone({ pushName: 'Matrix' }) };
  }

  async showsQr(): Promise<Placed> {
    const placed = await this.newcomer();
    await this.call('POST', `/whatsapp/accounts/${placed.id}/initialize`);
    let qr: string | undefined;
    await waitUntil(async () => (qr = await this.qr(placed.id).catch(() => undefined)) !== undefined, {
      withinMs: 30_000,
    });
    return { ...placed, qr: qr! };
  }

  async linked(): Promise<Placed> {
    const { qr, ...placed } = await this.showsQr();
    await this.#control.scan(placed.phone.number, { qr: qr! });
    const isOnline = async () => (await this.account(placed.id)).state.connection === 'connected';
    if (!(await waitUntil(isOnline, { withinMs: 60_000 }))) throw new Error('an account was not linked');
    return placed;
  }
}

/** Those that hang on a server that does not answer come last: they hang for half a minute. */
const ORDER: Phase[] = [
  'idle',
  'qr',
  'code',
  'scanned',
  'first-sync',
  'logging-out',
  'resetting',
  'sending',
  'reconnecting',
  'connecting',
];

const ENTER: Record<Phase, (stage: Stage) => Promise<Placed>> = {
  qr: (stage) => stage.showsQr(),
  idle: (stage) => stage.linked(),
  async code(stage) {
    const placed = await stage.newcomer();
    await stage.call('POST', `/whatsapp/accounts/${placed.id}/pairing-code`, {
      phoneNumber: `+${placed.phone.number}`,
    });
    return placed;
  },
  async scanned(stage) {
    const placed = await stage.showsQr();
    const account = placed.phone.number;
    await stage.control.setFault({ account, phase: 'scanned', effect: { kind: 'black-hole' }, count: 1 });
    stage.control.scan(account, { qr: placed.qr! }).catch(() => undefined);
    await waitUntil(async () => (await stage.account(placed.id)).state.status === 'authenticating', {
      withinMs: 10_000,
    });
    return placed;
  },
  async 'first-sync'(stage) {
    const placed = await stage.showsQr();
    const account = placed.phone.number;
    await stage.control.setFault({ account, effect: { kind: 'unanswered' } });
    await stage.control.scan(account, { qr: placed.qr! });
    return placed;
  },
  async 'logging-out'(stage) {
    const placed = await stage.linked();
    const { number: account } = placed.phone;
    await stage.control.setFault({ account, phase: 'leaving', effect: { kind: 'black-hole' }, count: 1 });
    await stage.call('POST', `/whatsapp/accounts/${placed.id}/logout`);
    return placed;
  },
  async resetting(stage) {
    const placed = await stage.linked();
    await stage.call('POST', `/whatsapp/accounts/${placed.id}/disconnect`);
    const { number: account } = placed.phone;
    await stage.control.setFault({ account, phase: 'connecting', effect: { kind: 'black-hole' }, count: 1 });
    await stage.call('POST', `/whatsapp/accounts/${placed.id}/reset`);
    return placed;
  },
  async sending(stage) {
    const placed = await stage.linked();
    const { number: person } = await stage.control.createPerson({ rule: { kind: 'silent' } });
    await stage.call('POST', '/whatsapp/messages', { accountId: placed.id, to: `+${person}`, text: 'under way' });
    return { ...placed, person };
  },
  async reconnecting(stage) {
    const placed = await stage.linked();
    const { number: account } = placed.phone;
    await stage.control.setFault({ account, phase: 'connecting', effect: { kind: 'black-hole' }, count: 1 });
    await stage.control.drop({ account });
    return placed;
  },
  async connecting(stage) {
    const placed = await stage.newcomer();
    await stage.control.setFault({ phase: 'connecting', effect: { kind: 'upgrade' }, count: 1 });
    await stage.call('POST', `/whatsapp/accounts/${placed.id}/initialize`);
    return placed;
  },
};
