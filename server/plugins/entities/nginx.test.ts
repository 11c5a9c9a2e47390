import { describe, expect, it } from 'vitest';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import type { LiveServer } from '../../ports/entity-type.ts';
import { plugin } from './nginx.ts';

const parse = (config: Record<string, unknown>) => plugin.config.parse(config);
const server = (name: string, port: number): LiveServer => ({ entityId: `id-${port}`, name, address: '10.0.0.1', port });
const fileOf = (config: Record<string, unknown>, servers: readonly LiveServer[]) =>
  plugin.live?.files(parse(config), servers, null)[0]?.content ?? '';

describe('nginx', () => {
  it('runs as a master in the foreground that a signal reloads, and checks the file that it will read', () => {
    expect(plugin.container?.toSpec(parse({ 'proxy.http.port': '8000-8010' }))).toMatchObject({
      image: 'nginx:1.22',
      entrypoint: ['nginx'],
      ports: [{ container: 8000, protocol: 'tcp', host: { from: 8000, to: 8010 } }],
    });
    expect(plugin.live?.reloadSignal).toBe('SIGHUP');
    expect(plugin.live?.check(null)?.slice(-2)).toEqual(['-c', plugin.live?.files(parse({}), [], null)[0]?.path]);
    expect(fileOf({}, [])).toContain('daemon off;');
  });

  it('writes equal servers as equal text, whatever their order', () => {
    const servers = [server('b', 2), server('a', 1)];
    expect(fileOf({}, servers)).toBe(fileOf({}, [...servers].reverse()));
  });

  it('answers 503 while nobody is served: an empty upstream would be refused', () => {
    expect(fileOf({}, [])).toContain('return 503;');
    expect(fileOf({}, [])).not.toContain('upstream');
    expect(fileOf({}, [server('a', 1)])).not.toContain('return 503;');
  });

  it('leads a browser back to its member, the others for when that is gone, and only where that is wanted', () => {
    const servers = [server('a', 1), server('b', 2)];
    const sticky = fileOf({}, servers);
    expect(sticky).toMatch(/upstream member_id-2 \{\n {4}server 10\.0\.0\.1:1 [^;]* backup;\n {4}server 10\.0\.0\.1:2 [^;]*1s;/);
    expect(sticky).toContain('"~(^|[ ,])10\\.0\\.0\\.1:1$" id-1;');
    expect(fileOf({ 'nginx.sticky': 'false' }, servers)).not.toContain('Cookie');
  });

  it('grows with its members and not with their square, while each has others for when it is gone', () => {
    const sticky = fileOf(
      {},
      Array.from({ length: 300 }, (_, n) => server(`m${n}`, n + 1)),
    );
    expect(sticky.split('\n').length).toBeLessThan(300 * 25);
    const pools = sticky.split('upstream member_').slice(1);
    expect(pools.map((pool) => pool.match(/ backup;/g)?.length)).toEqual(Array(300).fill(16));
  });

  it('reads who its workers are from a path with spaces', () => {
    const place = { runDir: '/srv/a b' } as SoftwarePlace;
    expect(plugin.live?.files(parse({}), [], place)[0]?.content).toContain('include "/srv/a b/user.conf";');
  });

  it('takes no address that would be more than an address', () => {
    expect(fileOf({}, [{ ...server('a', 1), address: 'x; } evil {' }])).not.toContain('evil');
  });

  it('is Brooklyn’s, and follows what serverPool names', () => {
    expect(plugin.aliases).toContain('org.apache.brooklyn.entity.proxy.nginx.NginxController');
    expect(plugin.flags?.serverPool).toBe('loadBalancer.target');
  });
});
