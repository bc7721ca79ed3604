import type { Account, Page } from '@trunkline/contracts';
import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anAccount, anEvent, aState } from '../../testing/builders';
import { putAccount } from './account-cache';
import { keys } from './keys';
import { Replay } from './replay';

let client: QueryClient;
let replay: Replay;
let unwatch: () => void;
let now = 0;
beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  replay = new Replay(client, () => now);
  unwatch = replay.watch();
});
afterEach(() => {
  unwatch();
  client.clear();
});

it('applies an event to an answer that left the server before it', async () => {
  const account = anAccount({ state: { status: 'warming' } });
  const answer = promised<Account>();
  now = 10;
  const fetched = client.fetchQuery({ queryKey: keys.account(account.id), queryFn: () => answer.promise });
  now = 20;
  replay.apply(anEvent('account.status', account.id, { state: aState({ status: 'active' }), statusNote: null }));
  answer.resolve(account);
  await fetched;
  expect(client.getQueryData<Account>(keys.account(account.id))?.state.status).toBe('active');
});

it('leaves an answer alone that is newer than the event', async () => {
  const account = anAccount({ state: { status: 'inactive' } });
  now = 10;
  replay.apply(anEvent('account.status', account.id, { state: aState({ status: 'active' }), statusNote: null }));
  now = 20;
  await client.fetchQuery({ queryKey: keys.account(account.id), queryFn: () => Promise.resolve(account) });
  expect(client.getQueryData<Account>(keys.account(account.id))?.state.status).toBe('inactive');
});

it('does so for lists, and tells who looks at them', async () => {
  const account = anAccount({ state: { status: 'warming' } });
  const answer = promised<Page<Account>>();
  const observer = new QueryObserver(client, {
    queryKey: keys.accounts({}),
    queryFn: async () => ({ pages: [await answer.promise], pageParams: [null] }),
  });
  const drawn: (string | undefined)[] = [];
  const leave = observer.subscribe(({ data }) => drawn.push(data?.pages[0]?.items[0]?.state.status));
  now = 30;
  replay.apply(anEvent('account.status', account.id, { state: aState({ status: 'active' }), statusNote: null }));
  answer.resolve({ items: [account], nextCursor: null });
  await expect.poll(() => drawn.at(-1)).toBe('active');
  leave();
});

it.each([
  ['while it was asked for', 20, 'active'],
  ['before', 5, 'inactive'],
] as const)('applies to an answer that a page puts by hand what came %s: %i ms, %s', async (_, at, status) => {
  const account = anAccount({ state: { status: 'inactive' } });
  const answer = promised<Account>();
  const ask = new MutationObserver(client, {
    mutationFn: () => answer.promise,
    onSuccess: (put) => putAccount(client, put),
  });
  const came = () => {
    now = at;
    replay.apply(anEvent('account.status', account.id, { state: aState({ status: 'active' }), statusNote: null }));
  };
  if (at < 10) came();
  now = 10;
  const asked = ask.mutate();
  if (at > 10) came();
  answer.resolve(account);
  await asked;
  expect(client.getQueryData<Account>(keys.account(account.id))?.state.status).toBe(status);
});

it.each(['for the first time', 'anew'])(
  'asks once more for what was being loaded %s when events may have been missed',
  async (_) => {
    const account = (status: 'warming' | 'active') => anAccount({ id: 'a', state: { status } });
    const old = promised<Account>();
    const answers = [
      ...(_ === 'anew' ? [Promise.resolve(account('warming'))] : []),
      old.promise,
      Promise.resolve(account('active')),
    ];
    const observer = new QueryObserver(client, { queryKey: keys.account('a'), queryFn: () => answers.shift()! });
    now = 10;
    const leave = observer.subscribe(() => undefined);
    if (_ === 'anew') {
      await expect.poll(() => observer.getCurrentResult().isSuccess).toBe(true);
      void observer.refetch();
    }
    // Its server had answered before the page heard of events: what came in between was told to nobody here.
    now = 20;
    replay.stale();
    old.resolve(account('warming'));
    await expect.poll(() => client.getQueryData<Account>(keys.account('a'))?.state.status).toBe('active');
    leave();
  },
);

function promised<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve: (value: T) => resolve(value) };
}
