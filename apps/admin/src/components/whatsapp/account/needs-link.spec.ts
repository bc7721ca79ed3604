import { expect, it } from 'vitest';
import { anAccount } from '../../../testing/builders';
import { needsLink } from './needs-link';

const linkedAt = '2026-11-24T10:00:00.000Z';

it('offers to link what was never linked, and what is being linked', () => {
  expect(needsLink(anAccount({ state: { status: 'inactive' } }))).toBe(true);
  expect(needsLink(anAccount({ state: { status: 'warming' } }))).toBe(true);
  expect(needsLink(anAccount({ state: { status: 'authenticating' } }))).toBe(true);
});

it('does not offer it where the session is good', () => {
  expect(needsLink(anAccount({ linkedAt, state: { status: 'active' } }))).toBe(false);
  expect(needsLink(anAccount({ linkedAt, state: { status: 'inactive', userAction: 'reconnect' } }))).toBe(false);
  expect(needsLink(anAccount({ linkedAt, state: { status: 'banned' } }))).toBe(false);
});

it('offers it when the session is gone', () => {
  expect(needsLink(anAccount({ linkedAt, state: { status: 'inactive', userAction: 'scan_qr' } }))).toBe(true);
});
