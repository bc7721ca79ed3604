import { describe, expect, it } from 'vitest';
import { Addresses } from './addresses.js';

describe('addresses that pages are fetched from', () => {
  const addresses = new Addresses();

  it.each(['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111'])('%s is one', (address) => {
    expect(addresses.allow(address, 443)).toBe(true);
  });

  it.each([
    ['loopback', ['127.0.0.1', '127.9.9.9', '::1']],
    ['unspecified', ['0.0.0.0', '::']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1']],
    ['link-local, where clouds keep their keys', ['169.254.169.254', 'fe80::1']],
    ['shared by a provider', ['100.64.0.1', '100.127.255.255']],
    ['multicast and broadcast', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
    ['set aside', ['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1']],
    ['IPv4 in the clothes of IPv6', ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1']],
    ['a tunnel to IPv4', ['2002:7f00:1::1', '2001:0:1::1']],
    ['site-local, as it once was', ['fec0::1']],
    ['given out to nobody', ['1000::1', '4000::1', '8000::1']],
    ['none at all', ['', 'localhost', '1.1.1.1.1', '0x7f.1.zz']],
  ])('none is one that is %s', (_, refused) => {
    expect(refused.filter((address) => addresses.allow(address, 443))).toEqual([]);
  });

  it('no port but those of pages is one', () => {
    expect([80, 443, 22, 25, 6379].filter((port) => addresses.allow('1.1.1.1', port))).toEqual([80, 443]);
  });

  it('what somebody has allowed is one, at any port, and no more', () => {
    const some = new Addresses(['10.1.0.0/16', '127.0.0.2', 'fd00::/8']);
    expect(['10.1.2.3', '127.0.0.2', 'fd12::1'].every((address) => some.allow(address, 8080))).toBe(true);
    expect(['10.2.0.1', '127.0.0.1', 'fc00::1'].some((address) => some.allow(address, 80))).toBe(false);
    expect(() => new Addresses(['10.1.0.0/99'])).toThrow();
  });
});
