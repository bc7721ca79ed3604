import {
  ACCOUNT_STATUSES,
  CALL_OUTCOMES,
  CONNECTIONS,
  ERROR_CODES,
  EVENT_ANSWERS,
  GENERATION_CAUSES,
  GONE_REASONS,
  GOVERNOR_PROFILES,
  HELD_REASONS,
  MESSAGE_LANES,
  MESSAGE_STATUSES,
  NETWORKS,
  OPT_IN_SOURCES,
  OPT_OUT_SOURCES,
  PROXY_KINDS,
  QUEUED_REASONS,
  REASON_NAMES,
  ROLES,
  USER_ACTIONS,
} from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { CONNECTION_TONES, STATUS_LOOKS } from '../components/whatsapp/status';
import { ACTION_DEEDS } from '../components/whatsapp/account/actions';
import en from './en.json';

/** Each state word of the contracts has its words on the page. */
describe.each([
  ['connection', CONNECTIONS],
  ['reason', REASON_NAMES],
  ['action', USER_ACTIONS],
  ['network', NETWORKS],
  ['errors', Object.keys(ERROR_CODES)],
] as const)('%s', (namespace, words) => {
  it.each([...words])('%s', (word) => {
    expect((en[namespace] as Record<string, string>)[word]).toMatch(/\S/);
  });
});

it.each(ACCOUNT_STATUSES)('the status %s has a title, a sentence, a colour and an icon of its own', (status) => {
  expect(en.status[status].title).toMatch(/\S/);
  expect(en.status[status].sentence).toMatch(/\.$/);
  expect(STATUS_LOOKS[status].icon).toBeDefined();
  const tones = ACCOUNT_STATUSES.map((each) => STATUS_LOOKS[each].tone);
  expect(new Set(tones).size).toBe(ACCOUNT_STATUSES.length);
});

it('draws green for connected only', () => {
  const green = CONNECTIONS.filter((connection) => CONNECTION_TONES[connection] === 'good');
  expect(green).toEqual(['connected']);
});

it.each(MESSAGE_STATUSES)('the message status %s has a word', (status) => {
  expect(en.messageStatus[status]).toMatch(/\S/);
});

it.each(QUEUED_REASONS)('a message that waits because it is %s says so', (reason) => {
  expect(en.messageStatus.queuedBecause[reason]).toMatch(/\S/);
});

it.each(GENERATION_CAUSES)('a saved state of the cause %s says so', (cause) => {
  expect(en.generations.cause[cause]).toMatch(/\S/);
});

it.each(PROXY_KINDS)('a proxy of the kind %s says so', (kind) => {
  expect(en.proxies.kind[kind]).toMatch(/\S/);
});

it.each(CALL_OUTCOMES)('a call that is %s says so', (outcome) => {
  expect(en.messages.call[outcome]).toMatch(/\S/);
});

it.each(EVENT_ANSWERS)('the answer %s to an event has a word', (answer) => {
  expect(en.messages.answer[answer]).toMatch(/\S/);
});

it.each(GONE_REASONS)('a message that is gone because it was %s says so', (why) => {
  expect(en.messages.noMore[why]).toMatch(/\S/);
});

it.each([
  ['lane', en.budget.lane, MESSAGE_LANES],
  ['held', en.budget.held, HELD_REASONS],
  ['profile', en.budget.profile, GOVERNOR_PROFILES],
  ['source', en.optOuts.source, OPT_OUT_SOURCES],
  ['lifted', en.optOuts.lifted, OPT_IN_SOURCES],
] as const)('the governor has a word for each %s', (_name, texts: Record<string, string>, words) => {
  expect(Object.keys(texts).sort()).toEqual([...words].sort());
});

it.each(ROLES)('the role %s has a name', (role) => {
  expect(en.user.role[role]).toMatch(/\S/);
});

it.each(USER_ACTIONS)('the action %s does something, or says that there is nothing to do', (action) => {
  expect(ACTION_DEEDS[action].kind === 'wait').toBe(action === 'wait');
});
