/** `npm run rotate-key`: a new key in the place of the one that seals, while everything runs. */
import { systemClock } from '../clock/clock.js';
import { Notifier } from '../modules/cluster/notifier.repository.js';
import { keyFile, type KeySource, retiredKeyFile } from '../modules/whatsapp/sessions/keys/key.file.js';
import { lockRotation } from '../modules/whatsapp/sessions/keys/key.repository.js';
import { NewKeyNeeded, rotateKey, type RotationStep } from '../modules/whatsapp/sessions/keys/rotation.js';
import { openVault } from '../modules/whatsapp/sessions/vault.opening.js';
import { CommandRefused, readArguments, say } from './command.js';
import { type Installation, withInstallation } from './installation.js';

const USAGE = `npm run rotate-key

Makes a new key, seals everything anew with it, and puts the old one aside. Everything may run meanwhile. When it is stopped,
run it again: it goes on where it was.`;

export async function runRotateKey(): Promise<void> {
  const { positionals } = readArguments({}, USAGE);
  if (positionals.length > 0) throw new CommandRefused(USAGE);
  await withInstallation(rotate);
}

async function rotate({ environment, store }: Installation): Promise<void> {
  const source = { keys: environment.TRUNKLINE_VAULT_KEY, dataDir: environment.DATA_DIR };
  await openVault(store, source, systemClock.now());
  const notifier = new Notifier(store.pool);
  try {
    const keyId = await alone(store, () =>
      rotateKey({ store, source, notifier, clock: systemClock, tell: (step) => say(sentence(source, step)) }),
    );
    await notifier.flushed();
    say(ending(source, keyId));
  } catch (error) {
    if (error instanceof NewKeyNeeded) throw new CommandRefused(error.message);
    throw error;
  }
}

/** One at a time: the lock goes with its connection, however this process ends. */
async function alone<T>({ pool }: Installation['store'], work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    if (!(await lockRotation(client))) throw new CommandRefused('The key is being rotated by another process now.');
    return await work();
  } finally {
    client.release(true);
  }
}

function sentence(source: KeySource, step: RotationStep): string {
  switch (step.step) {
    case 'coming':
      return `The new key is ${step.keyId}${source.keys ? '' : `, in ${keyFile(source)} beside the old one`}.`;
    case 'waiting':
      return (
        `Waiting for ${step.for.join('; ')} to take the key ${step.keyId}. On another machine: put the same keys there ` +
        '(docs/operations/key.md).'
      );
    case 'sealing':
      return `The key ${step.keyId} seals from now on. What the old one sealed is sealed anew:`;
    case 'resealed':
      return `  ${step.table.replace('mkt_wap_', '').replaceAll('_', ' ')}: ${step.done} of ${step.of}`;
    case 'retired':
      return (
        `Nothing that opens is sealed with the key ${step.keyId} any more.` +
        (step.broken > 0 ? ` ${step.broken} values do not open with any key; they were left as they are.` : '') +
        (source.keys ? '' : ` It was put aside as ${retiredKeyFile(source, step.keyId)}.`)
      );
  }
}

function ending(source: KeySource, keyId: string): string {
  const old = 'Older backups open with the key that they carry, or with the old one.';
  if (source.keys)
    return `Done. Take the old key out of TRUNKLINE_VAULT_KEY now: the key ${keyId} alone is needed. ${old}`;
  return (
    `Done. Save a copy of ${keyFile(source)} (key ${keyId}), away from this machine. ${old} ` +
    'People sign in anew, and links to files end, when the product starts next.'
  );
}
