import { expect, it } from 'vitest';
import { addressProblem } from './address-problem.ts';

it.each(['10.0.0.5', '192.168.1.1', '172.16.0.1', '93.184.216.34', 'fd12::1', '2001:4860:4860::8888', '100.64.0.1'])(
  'fetches from %s',
  (address) => expect(addressProblem(address)).toBeNull(),
);

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'nothing',
])('does not fetch from %s', (address) => expect(addressProblem(address)).not.toBeNull());
