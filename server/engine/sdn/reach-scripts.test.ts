import { describe, expect, it } from 'vitest';
import { dnsQuestion, listenersAt, readAddresses, readReach } from './reach-scripts.ts';

describe('what a host has said of its tries', () => {
  it('is read as bash and iputils print it', () => {
    const output = [
      'way PING 10.208.0.254 (10.208.0.254) 56(84) bytes of data.  --- 10.208.0.254 ping statistics --- 1 packets transmitted, 0 received',
      'hosts PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data. 64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.210 ms',
      'answer took 1795725675.100000 1795725675.100500',
      '',
    ].join('\n');
    const { answer, hosts, way, name } = readReach(output, 'host-1');
    expect(answer).toEqual({ end: 'answered', ms: expect.closeTo(0.5, 2) });
    expect(hosts).toEqual({ end: 'answered', ms: 0.21 });
    expect([way, name]).toEqual([{ end: 'silent' }, null]);
  });

  it('tells a refusal from silence, and what it lacks', () => {
    const refused = 'answer _: connect: Connection refused _: line 1: /dev/tcp/10.208.0.2/80: Connection refused';
    expect(readReach(refused, 'host-1').answer).toEqual({ end: 'refused' });
    expect(readReach('answer ', 'host-1').answer).toEqual({ end: 'silent' });
    expect(readReach('answer untried bash', 'host-1').answer).toEqual({ end: 'untried', why: 'host-1 has no bash, by which it is tried' });
  });
});

describe('a question for a name', () => {
  it('is one of the DNS, and its answer is read with compressed names and aliases', () => {
    expect(dnsQuestion('db.x')).toBe(
      '\\x63\\x6b\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x64\\x62\\x01\\x78\\x00\\x00\\x01\\x00\\x01',
    );
    const question = '02 64 62 01 78 00 00 01 00 01';
    const alias = 'c0 0c 00 05 00 01 00 00 00 01 00 02 c0 0c';
    const address = (last: string) => `c0 0c 00 01 00 01 00 00 00 01 00 04 0a d0 00 ${last}`;
    expect(readAddresses(`63 6b 81 80 00 01 00 03 00 00 00 00 ${question} ${alias} ${address('02')} ${address('03')}`)).toEqual([
      '10.208.0.2',
      '10.208.0.3',
    ]);
    expect(readAddresses(`63 6b 81 83 00 01 00 00 00 00 00 00 ${question}`)).toEqual([]);
    expect(readAddresses('')).toBeNull();
  });
});

it('knows at which addresses somebody listens on a port', () => {
  const lines = [
    '  sl  local_address rem_address   st',
    '   0: 0100007F:1538 00000000:0000 0A 00000000:00000000',
    '   1: 00000000:0050 00000000:0000 0A 00000000:00000000',
    '   2: 0B00007F:9C40 0100007F:1538 01 00000000:00000000',
    '   0: 00000000000000000000000000000000:1538 00000000000000000000000000000000:0000 0A',
  ].join('\n');
  expect(listenersAt(lines, 5_432)).toEqual(['127.0.0.1', 'all']);
  expect(listenersAt(lines, 80)).toEqual(['0.0.0.0']);
  expect(listenersAt(lines, 40_000)).toEqual([]);
});
