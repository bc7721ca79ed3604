import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { selfSignedCertificate } from './self.signed.js';

it('is a certificate: signed by itself, for the hosts named, valid now', () => {
  const { cert } = selfSignedCertificate(['sandbox.test', '127.0.0.1'], 30);
  const read = new X509Certificate(cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkHost('sandbox.test')).toBe('sandbox.test');
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(read.ca).toBe(true);
  expect(read.validFromDate.getTime()).toBeLessThan(Date.now());
  expect(read.validToDate.getTime()).toBeGreaterThan(Date.now() + 29 * 24 * 3600 * 1000);
});

it('serves TLS to a client that trusts it, and to no other', async () => {
  const tls = selfSignedCertificate();
  const server = createServer(tls).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const trusting = connect({ port, host: '127.0.0.1', ca: tls.cert });
  await once(trusting, 'secureConnect');
  expect(trusting.authorized).toBe(true);
  trusting.destroy();
  const [error] = (await once(
    connect({ port, host: '127.0.0.1' }).on('secureConnect', () => {}),
    'error',
  )) as [Error];
  expect(error.message).toMatch('self-signed');
});
