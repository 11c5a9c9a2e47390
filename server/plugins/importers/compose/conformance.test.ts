import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { SERVICE_ATTRIBUTES } from '../../../domain/compose/service-attributes.ts';
import { readComposeFixtures } from '../../../testing/compose-fixtures.ts';
import { loadPlugins } from '../../registry.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const fixtures = new Map((await readComposeFixtures()).map((fixture) => [fixture.name, fixture]));
const document = await readFile(new URL('../../../../docs/design/compose.md', import.meta.url), 'utf8');

interface Row {
  readonly feature: string;
  /** The key that the row is about: the last part of the first path in it. */
  readonly key: string;
  readonly status: string;
  readonly fixtures: readonly string[];
}

const rows = [...document.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \| .*\|$/gm)]
  .slice(1)
  .map(([, feature = '', status = '', names = '']): Row => {
    const path = /`([^`]+)`/.exec(feature)?.[1] ?? '';
    return { feature, key: path.split('.').at(-1) ?? '', status, fixtures: names.split(', ') };
  });

/** Codes that prove a status which is not “supported”. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  kept: ['compose-no-effect', 'compose-note'],
  'not supported': ['compose-unsupported', 'compose-file-format'],
  refused: ['compose-dangerous'],
  'host access': ['host-access'],
};

const planned = new Map([...fixtures].map(([name, { input }]) => [name, planApplication(input, library)]));

function findingsOf({ fixtures: names }: Row): readonly Diagnostic[] {
  return names.flatMap((name) => planned.get(name)?.diagnostics ?? []);
}

const isAbout = ({ path }: Diagnostic, key: string): boolean =>
  path
    .replace(/\[\d+\]/g, '')
    .split('.')
    .includes(key);

/** The keys of the specification’s schema, and the one that it describes without. */
const SPECIFIED = {
  service: [
    'annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent',
    'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules',
    'devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add',
    'healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness',
    'memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop',
    'privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open',
    'stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir',
  ],
  top: ['version name include services models networks volumes secrets configs'],
  deploy: ['mode endpoint_mode replicas labels resources restart_policy placement update_config rollback_config'],
  network: ['name driver driver_opts attachable enable_ipv6 external internal ipam labels'],
  volume: ['name driver driver_opts external labels'],
};

describe('the conformance table', () => {
  it('has a row for each key of a service, and knows no other', () => {
    const specified = SPECIFIED.service.flatMap((line) => line.split(' ')).sort();
    expect([...SERVICE_ATTRIBUTES]).toEqual(specified);
    const told = new Set(rows.flatMap(({ feature }) => [...feature.matchAll(/services\.(\w+)/g)].map(([, key]) => key)));
    expect([...told].sort()).toEqual(specified);
  });

  it.each([
    ['', SPECIFIED.top],
    ['services.deploy.', SPECIFIED.deploy],
    ['networks.', SPECIFIED.network],
    ['volumes.', SPECIFIED.volume],
  ])('has a row for each key below “%s”', (prefix, lines) => {
    for (const key of lines.flatMap((line) => line.split(' '))) {
      expect(
        rows.some(({ feature }) => feature.startsWith(`\`${prefix}${key}`)),
        `${prefix}${key}`,
      ).toBe(true);
    }
  });

  it('names every fixture, and no other', () => {
    expect([...new Set(rows.flatMap((row) => row.fixtures))].sort()).toEqual([...fixtures.keys()].sort());
  });

  it.each(rows.map((row) => [row.feature, row] as const))('%s is as its status says', (_, row) => {
    const codes = CODES[row.status];
    if (codes !== undefined) {
      const proof = findingsOf(row).filter(
        ({ code, path }) => codes.includes(code) && (isAbout({ path } as Diagnostic, row.key) || row.key === ''),
      );
      expect(proof, `no ${codes.join(' or ')} about ${row.key}`).not.toEqual([]);
      return;
    }
    expect(row.status).toBe('supported');
    const [first = ''] = row.fixtures;
    const others = Object.values(CODES).flat();
    expect(fixtures.get(first)?.plan.length, `${first} proves nothing`).toBeGreaterThan(0);
    const against = (planned.get(first)?.diagnostics ?? []).filter(
      ({ code, path }) => others.includes(code) && path.replace(/\[\d+\]/g, '').endsWith(`.${row.key}`),
    );
    expect(against).toEqual([]);
  });
});
