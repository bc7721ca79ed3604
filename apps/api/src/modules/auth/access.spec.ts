import { ROLES } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { ACCESS, accessOf, atLeast, isOpenPage } from './access.js';

const lines = Object.entries(ACCESS);

describe('the access table', () => {
  it('opens these routes and no other', () => {
    const open = lines.filter(([, least]) => least === 'open').map(([route]) => route);
    expect(open.sort()).toEqual([
      'GET /api/docs',
      'GET /api/docs/:asset',
      'GET /api/docs/json',
      'GET /api/health/live',
      'GET /api/system',
      'GET /api/whatsapp/media/:id/shared',
      'POST /api/auth/sign-in/email',
      'POST /api/auth/sign-out',
      'POST /api/setup',
    ]);
  });

  it('lets a viewer change nothing but their own sign-in', () => {
    const writes = lines.filter(([route, least]) => !route.startsWith('GET ') && least === 'viewer');
    // The others ask WhatsApp how people look and when they are there: who reads a chat sees it, and nothing is changed.
    const allowed = [
      'POST /api/auth/change-password',
      'POST /api/whatsapp/profiles/look',
      'POST /api/whatsapp/chats/:id/watch',
    ];
    expect(writes.map(([route]) => route)).toEqual(allowed);
  });

  it('shows what links an account to who may link one', () => {
    expect(accessOf('GET', '/api/whatsapp/accounts/:id/qr')).toBe('operator');
  });

  it('lets nobody below an admin record consent for a person who opted out, or import and export the list', () => {
    for (const route of ['POST /:id/consent', 'POST /import', 'GET /export']) {
      const [method, path] = route.split(' ') as [string, string];
      expect(accessOf(method, `/api/whatsapp/opt-outs${path}`)).toBe('admin');
    }
  });

  it('takes HEAD for GET, and what is not in it for closed', () => {
    expect(accessOf('HEAD', '/api/health/live')).toBe('open');
    expect(accessOf('POST', '/api/health/live')).toBe('viewer');
    expect(accessOf('GET', undefined)).toBe('viewer');
  });

  it('ranks the roles', () => {
    const able = (least: (typeof ROLES)[number]) => ROLES.filter((role) => atLeast(role, least));
    expect(able('viewer')).toEqual(['owner', 'admin', 'operator', 'viewer']);
    expect(able('operator')).toEqual(['owner', 'admin', 'operator']);
    expect(able('owner')).toEqual(['owner']);
  });

  it.each(['/sign-in', '/setup', '/_next/static/chunks/a.js', '/favicon.ico', '/manifest.webmanifest'])(
    '%s is open',
    (path) => {
      expect(isOpenPage(path)).toBe(true);
    },
  );

  it.each([
    '/',
    '/marketing/whatsapp/accounts',
    '/sign-in/else',
    '/setup.html',
    '/a/icon.svg',
    '/x/_next/y',
    '//favicon.ico',
    '/_next/../marketing',
    '/_next/%2e%2e/marketing',
    '/_next/..\\marketing',
  ])('%s is not', (path) => {
    expect(isOpenPage(path)).toBe(false);
  });
});
