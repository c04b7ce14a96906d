import assert from 'node:assert/strict';
import { countedAddress } from '../../src/api/client-address.ts';

describe('the address that calls are counted by', () => {
  it('is the /64 of an IPv6 address, whatever its form, and an IPv4 address as it is', () => {
    const expected = {
      '192.0.2.7': '192.0.2.7',
      '::ffff:192.0.2.7': '192.0.2.7',
      '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
      '2001:DB8:1:2::9': '2001:db8:1:2::/64',
      '2001:db8::1': '2001:db8:0:0::/64',
      '::1': '0:0:0:0::/64',
      unknown: 'unknown',
    };
    for (const [ip, counted] of Object.entries(expected)) assert.equal(countedAddress(ip), counted, ip);
  });
});
