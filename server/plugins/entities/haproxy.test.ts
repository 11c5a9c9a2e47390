import { describe, expect, it } from 'vitest';
import type { LiveServer } from '../../ports/entity-type.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { plugin } from './haproxy.ts';

const parse = (config: Record<string, unknown>) => plugin.config.parse(config);
const server = (name: string, port: number): LiveServer => ({
  entityId: `id-${name}`,
  name,
  address: '10.0.0.1',
  port,
});
const fileOf = (config: Record<string, unknown>, servers: readonly LiveServer[]) =>
  plugin.container?.live?.files(parse(config), servers)[0]?.content ?? '';

describe('haproxy', () => {
  it('runs as a master that a signal reloads', () => {
    expect(plugin.container?.toSpec(parse({ 'proxy.http.port': '8000-8010' }))).toMatchObject({
      image: 'haproxy:2.6',
      entrypoint: ['haproxy'],
      command: ['-W', '-db', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
      ports: [{ container: 8000, protocol: 'tcp', host: { from: 8000, to: 8010 } }],
    });
    expect(plugin.container?.live).toMatchObject({
      reloadSignal: 'SIGUSR2',
      check: ['haproxy', '-c', '-q', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
    });
  });

  it('follows a resolved reference, or the id of a service', () => {
    const targets = (config: Record<string, unknown>) =>
      plugin.container?.live?.targets(parse(config), (id) => (id === 'web' ? anEntity({ id: 'e1' }) : undefined));
    expect(targets({ 'loadBalancer.target': { $entity: 'e9' } })).toEqual(['e9']);
    expect(targets({ 'loadBalancer.target': 'web' })).toEqual(['e1']);
    expect(targets({ 'loadBalancer.target': 'nobody' })).toEqual([]);
    expect(targets({})).toEqual([]);
  });

  it('writes equal servers as equal text, whatever their order', () => {
    const servers = [server('b', 2), server('a', 1)];
    expect(fileOf({}, servers)).toBe(fileOf({}, [...servers].reverse()));
  });

  it('tells in a sensor whom it serves', () => {
    expect(plugin.container?.live?.sensors([server('a', 1)])).toEqual({ 'proxy.servers': ['id-a'] });
  });

  it('gives each server a name of its own that HAProxy can read', () => {
    const lines = fileOf({}, [server('Web server', 1), server('Web server', 2), server('x\n  bind :1', 3)]).match(/^ {2}server .*/gm);
    expect(lines).toEqual(['  server Web-server 10.0.0.1:1', '  server Web-server-2 10.0.0.1:2', '  server x-bind-1 10.0.0.1:3']);
  });

  it('keeps HTTP out of TCP mode', () => {
    expect(fileOf({ 'haproxy.mode': 'tcp', 'haproxy.check.path': '/x' }, [])).not.toMatch(/http/);
    expect(fileOf({ 'haproxy.check.path': '/x' }, [])).toContain('http-check send meth GET uri /x');
  });

  it('refuses a check path that would be more than a path', () => {
    expect(plugin.config.safeParse({ 'haproxy.check.path': '/x\n  bind :1' }).success).toBe(false);
  });

  it('publishes where a browser finds it', () => {
    const instance = anInstance({ id: 'i', ports: [{ container: 8000, host: 8003, protocol: 'tcp' }] });
    const sensors = plugin.container?.sensors({ config: parse({}), instance, host: aHost({ id: 'h', address: '10.0.0.2' }) });
    expect(sensors?.['main.uri']).toBe('http://10.0.0.2:8003/');
  });
});
