import { expect, it } from 'vitest';
import { BARE_CONTAINER } from './container-spec.ts';
import { linkHost, linkVariables } from './links.ts';

const instance = {
  ports: [
    { container: 5432, host: 20_001, protocol: 'tcp' },
    { container: 53, host: 20_002, protocol: 'udp', address: '10.0.0.9' },
  ],
  spec: { ...BARE_CONTAINER, image: 'db', env: { POSTGRES_DB: 'shop', TOKEN: `x__secret_${'0'.repeat(32)}__` } },
} as const;

it('gives the variables of Docker’s links, with the ports of the host, and no secret', () => {
  expect(linkVariables('my-db', { name: 'Database', instance, host: { address: '10.0.0.1' } })).toEqual({
    MY_DB_NAME: 'Database',
    MY_DB_PORT: 'tcp://10.0.0.1:20001',
    MY_DB_PORT_5432_TCP: 'tcp://10.0.0.1:20001',
    MY_DB_PORT_5432_TCP_ADDR: '10.0.0.1',
    MY_DB_PORT_5432_TCP_PORT: '20001',
    MY_DB_PORT_5432_TCP_PROTO: 'tcp',
    MY_DB_PORT_53_UDP: 'udp://10.0.0.9:20002',
    MY_DB_PORT_53_UDP_ADDR: '10.0.0.9',
    MY_DB_PORT_53_UDP_PORT: '20002',
    MY_DB_PORT_53_UDP_PROTO: 'udp',
    MY_DB_ENV_POSTGRES_DB: 'shop',
  });
});

it('makes the alias a name where the host has an address', () => {
  expect(linkHost('db', { host: { address: '10.0.0.1' } })).toBe('db:10.0.0.1');
  expect(linkHost('db', { host: { address: 'fd00::1' } })).toBe('db:fd00::1');
  expect(linkHost('db', { host: { address: 'host.example.org' } })).toBeUndefined();
});
