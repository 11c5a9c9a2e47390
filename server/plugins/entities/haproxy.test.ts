import { describe, expect, it } from 'vitest';
import type { LiveServer } from '../../ports/entity-type.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { plugin } from './haproxy.ts';

const parse = (config: Record<string, unknown>) => plugin.config.parse(config);
const server = (name: string, port: number): LiveServer => ({
  entityId: `id-${port}`,
  name,
  address: '10.0.0.1',
  port,
});
const fileOf = (config: Record<string, unknown>, servers: readonly LiveServer[]) =>
  plugin.live?.files(parse(config), servers, null)[0]?.content ?? '';

describe('haproxy', () => {
  it('runs as a master that a signal reloads', () => {
    expect(plugin.container?.toSpec(parse({ 'proxy.http.port': '8000-8010' }))).toMatchObject({
      image: 'haproxy:2.6',
      entrypoint: ['haproxy'],
      command: ['-W', '-db', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
      ports: [{ container: 8000, protocol: 'tcp', host: { from: 8000, to: 8010 } }],
    });
    expect(plugin.live?.reloadSignal).toBe('SIGUSR2');
    expect(plugin.live?.check(null)).toEqual(['haproxy', '-c', '-q', '-f', '/usr/local/etc/haproxy/haproxy.cfg']);
  });

  it('follows a resolved reference, or the id of a service', () => {
    const targets = (config: Record<string, unknown>) =>
      plugin.live?.targets(parse(config), (id) => (id === 'web' ? anEntity({ id: 'e1' }) : undefined));
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
    expect(plugin.live?.sensors([server('a', 1)])).toEqual({ 'proxy.servers': ['id-1'] });
  });

  it('gives each server a name of its own that HAProxy can read, and that says which entity it is', () => {
    const lines = fileOf({}, [server('Web server', 1), server('x\n  bind :1', 3)]).match(/^ {2}server .*/gm);
    expect(lines).toEqual(['  server Web-server:id-1 10.0.0.1:1', '  server x-bind-1:id-3 10.0.0.1:3']);
  });

  it('keeps HTTP out of TCP mode', () => {
    expect(fileOf({ 'haproxy.mode': 'tcp', 'haproxy.check.path': '/x' }, [])).not.toMatch(/http/);
    expect(plugin.live?.traffic?.(parse({ 'haproxy.mode': 'tcp' }))).toBeNull();
    expect(fileOf({ 'haproxy.check.path': '/x' }, [])).toContain('http-check send meth GET uri /x');
  });

  it('tells what it has counted at a port that is not the one it serves at', () => {
    const at = (port: number) => plugin.live?.traffic?.(parse({ 'proxy.http.port': port }))?.port;
    expect([at(8000), at(8405)]).toEqual([8405, 8406]);
    expect(fileOf({ 'proxy.http.port': 8405 }, [])).toContain('frontend counters\n  bind :8406\n');
  });

  it('reads what each server and the whole have counted, whatever stands beside it', () => {
    const question = plugin.live?.traffic?.(parse({}));
    const body = [
      '# pxname,svname,stot,bin,bout,econ,eresp,hrsp_5xx,req_tot,last_chk,rtime,',
      'public,FRONTEND,9,246,651,,,2,3,,,',
      'members,Web-1:e1,2,100,200,1,0,1,,"Layer4 ""x"", refused",7,',
      'members,BACKEND,9,246,651,3,0,2,,,,',
    ];
    const traffic = question?.read({ headers: { 'clocker-worker': '8' }, body: body.join('\n') });
    expect(traffic?.countedBy).toBe('8');
    expect(traffic?.whole).toEqual({ requests: 3, errors: 2, bytesReceived: 246, bytesSent: 651 });
    expect([...(traffic?.servers ?? [])]).toEqual([['e1', { requests: 2, errors: 2, bytesReceived: 100, bytesSent: 200, responseMs: 7 }]]);
    expect(question?.read({ headers: {}, body: '<html>' })).toBeNull();
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
