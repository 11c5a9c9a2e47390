import { describe, expect, it } from 'vitest';
import { parsePublishedPort } from './published-port.ts';

const tcp = (container: number, from: number | null, to = from, more = {}) => ({
  container,
  protocol: 'tcp',
  host: from === null || to === null ? null : { from, to },
  ...more,
});

describe('parsePublishedPort', () => {
  it.each([
    ['80', [tcp(80, null)]],
    ['8080:80', [tcp(80, 8080)]],
    ['53:53/udp', [{ container: 53, protocol: 'udp', host: { from: 53, to: 53 } }]],
    ['127.0.0.1:5432:5432', [tcp(5432, 5432, 5432, { address: '127.0.0.1' })]],
    ['127.0.0.1::80', [tcp(80, null, null, { address: '127.0.0.1' })]],
    ['[::1]:8080:80', [tcp(80, 8080, 8080, { address: '::1' })]],
    ['0.0.0.0:8080:80', [tcp(80, 8080)]],
    ['3000-3001', [tcp(3000, null), tcp(3001, null)]],
    ['8000-8001:9000-9001', [tcp(9000, 8000), tcp(9001, 8001)]],
    ['8000-8010:80', [tcp(80, 8000, 8010)]],
  ])('reads %s as Docker does', (text, ports) => {
    expect(parsePublishedPort(text)).toEqual(ports);
  });

  it.each([
    ['', 'needs a port'],
    ['80/sctp', 'tcp or udp'],
    ['0:80', 'of the host from 1 to 65535'],
    ['8080:70000', 'of the container from 1 to 65535'],
    ['a:80', 'of the host'],
    ['999.1.1.1:80:80', 'IP address'],
    ['80:80:80:80', 'IP address'],
    ['8000-8002:80-81', 'different lengths'],
    ['1-1000:80', 'more than 200'],
    ['8080+', 'of the container'],
  ])('says what is wrong with “%s”', (text, problem) => {
    expect(parsePublishedPort(text)).toContain(problem);
  });
});
