/** Every repository read takes a `ctx` with who asks and which accounts are allowed. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneRoot } from '../../config/clone-root.ts';
import { readsForAskers } from '../../testing/repository.reads.ts';
import { demandAccount, systemCtx } from './ctx.ts';

/** Reads without one, by why they need none. A line here is a decision: take `ctx` where you can. */
const WITHOUT: Record<string, string[]> = {
  'It finds out who asks, before there is a ctx.': [
    'auth/key.repository.ts KeyRepository.byHash',
    'auth/key.repository.ts KeyRepository.standing',
    'auth/session.repository.ts SessionRepository.standing',
    'auth/owner.repository.ts OwnerRepository.exists',
    'auth/owner.repository.ts OwnerRepository.hasLink',
  ],
  'It reads what is of the installation and of no account; the route says who may.': [
    'database/facts.repository.ts readFactRow',
    'auth/key.repository.ts KeyRepository.list',
    'cluster/schedule.repository.ts dueAt',
    'health/health.repository.ts HealthRepository.numbererTrouble',
    'health/health.repository.ts HealthRepository.ping',
    'health/health.repository.ts HealthRepository.workerTrouble',
    'metrics/counter.repository.ts countAccounts',
    'metrics/counter.repository.ts readCounts',
    'whatsapp/engines/version/client.version.repository.ts readVersions',
    'whatsapp/events/event.reader.repository.ts EventReader.head',
    'whatsapp/health/run.repository.ts lastRun',
    'whatsapp/proxies/proxy.repository.ts hasPool',
    'whatsapp/proxies/proxy.repository.ts leastUsed',
    'whatsapp/proxies/proxy.repository.ts listPools',
    'whatsapp/proxies/proxy.repository.ts lockProxyRow',
    'whatsapp/proxies/proxy.repository.ts readProxyRow',
    'whatsapp/sessions/keys/key.repository.ts holdVaultKey',
    'whatsapp/sessions/keys/key.repository.ts vaultKeyRows',
  ],
  'It must see every account, whoever asks: a number is taken, a proxy has changed, a clock would turn them all.': [
    'whatsapp/accounts/account.repository.ts accountNetworks',
    'whatsapp/accounts/account.repository.ts accountWithNumber',
    'whatsapp/proxies/proxy.repository.ts accountsOf',
  ],
  'It is of the owner of an account; who asks has been answered by a read with ctx for the same account before.': [
    'governor/hold.repository.ts readHolds',
    'governor/usage.repository.ts readUsage',
  ],
  'It is a step of accepting a message, of accounts and chats that reads with ctx have let through.': [
    'governor/opt-outs/opt.out.repository.ts optedOutSince',
    'whatsapp/chats/chat.repository.ts lockChats',
    'whatsapp/messages/outbound/idempotency.repository.ts findKeys',
    'whatsapp/messages/outbound/queue.repository.ts countQueue',
  ],
  'It is of a duty of the product, whose file the asked import for another thing; or of commands of their own.': [
    'cluster/commands/command.repository.ts answersOf',
    'whatsapp/health/suspect.repository.ts countAccounts',
    'whatsapp/health/suspect.repository.ts findSuspects',
    'whatsapp/media/files/file.repository.ts unnamedFiles',
  ],
};

const reads = readsForAskers(join(cloneRoot, 'apps/api/src'));

it('is taken by every read that somebody who asks is answered from', () => {
  const missing = reads.filter(({ takesCtx }) => !takesCtx).map(({ name }) => name.replace(/^modules\//, ''));
  expect(missing.toSorted()).toEqual(Object.values(WITHOUT).flat().toSorted());
});

it('is looked for where there are reads', () => {
  const withCtx = reads.filter(({ takesCtx }) => takesCtx).map(({ name }) => name);
  expect(withCtx).toEqual(
    expect.arrayContaining([
      'modules/whatsapp/accounts/account.repository.ts listAccounts',
      'modules/whatsapp/messages/message.repository.ts findMessage',
      'modules/whatsapp/events/event.reader.repository.ts EventReader.read',
    ]),
  );
});

it('answers for an account that may not be seen as for one that is not there', () => {
  const ctx = { ...systemCtx('spec'), accounts: ['a'] };
  expect(() => demandAccount(ctx, 'a')).not.toThrow();
  expect(() => demandAccount(ctx, 'b')).toThrow('There is no such account.');
});
