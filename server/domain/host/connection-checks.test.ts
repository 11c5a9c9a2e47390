import { describe, expect, it } from 'vitest';
import { parseSetUpFacts, type SetUpFacts } from '../host-setup/set-up-facts.ts';
import { type ConnectionFindings, toConnectionChecks } from './connection-checks.ts';

const KEY = { type: 'ssh-ed25519', fingerprint: 'SHA256:a' };
const MACHINE =
  'architecture=x86_64\nuid=1000\ninit=systemd\ngroups=ops docker\nsudo=yes\ndocker=running\nsocket=usable\nfreeKiB=9000000\n';
const FACTS: SetUpFacts = parseSetUpFacts(MACHINE, { cpuLimit: null, memoryLimitBytes: null, memTotalBytes: null }, String);
const GOOD: ConnectionFindings = {
  place: { address: 'host.example', port: 22, user: 'ops' },
  reach: { hostKey: KEY },
  pinned: KEY,
  login: { ok: true, text: '' },
  facts: FACTS,
  engine: { ok: true, text: 'Version 27' },
  clockAheadMs: 400,
};
const FAILED = { ok: false, text: 'open failed' } as const;

function found(change: Partial<ConnectionFindings>) {
  const checks = toConnectionChecks({ ...GOOD, ...change });
  return Object.fromEntries(checks.filter(({ state }) => state === 'failed' || state === 'warning').map((one) => [one.name, one]));
}

describe('what stands between a machine and being a host', () => {
  it('is nothing where all is well, and every check is there', () => {
    const checks = toConnectionChecks(GOOD);
    expect(checks.map(({ state }) => state)).toEqual(Array.from({ length: 11 }, () => 'ok'));
  });

  it.each([
    ['name', { reach: { endedAt: 'name', reason: 'no such name' } }, /DNS/],
    ['port', { reach: { endedAt: 'port', reason: 'connection refused' } }, /sshd listens/],
    ['ssh', { reach: { endedAt: 'ssh', reason: 'closed' } }, /Correct the port/],
    ['key', { reach: { hostKey: { ...KEY, fingerprint: 'SHA256:b' } } }, /in between/],
    ['key', { pinned: { ...KEY, fingerprint: '' } }, /Compare it/],
    ['login', { login: FAILED }, /authorized_keys of ops/],
    ['login', { facts: null }, /shell/],
    ['sudo', { facts: { ...FACTS, hasSudo: false } }, /sudoers/],
    ['engine', { engine: FAILED, facts: { ...FACTS, docker: 'missing', socket: 'missing' } }, /set up from here/],
    ['engine', { engine: FAILED, facts: { ...FACTS, docker: 'installed', socket: 'missing' } }, /systemctl start docker/],
    ['engine', { engine: FAILED, facts: { ...FACTS, docker: 'installed', socket: 'usable' } }, /systemctl start docker/],
    [
      'engine',
      { engine: FAILED, facts: { ...FACTS, docker: 'installed', socket: 'missing', init: 'openrc' } },
      /sudo rc-service docker start/,
    ],
    ['engine', { engine: FAILED, facts: { ...FACTS, docker: 'installed', socket: 'missing', init: 'sysv' } }, /sudo service docker start/],
    ['engine', { engine: FAILED, facts: { ...FACTS, docker: 'installed', socket: 'missing', init: 'none' } }, /Start dockerd/],
    ['permission', { engine: FAILED, facts: { ...FACTS, socket: 'denied', groups: ['ops'] } }, /usermod -aG docker ops/],
    ['forwarding', { engine: FAILED }, /AllowStreamLocalForwarding/],
    ['clock', { clockAheadMs: -90_000 }, /timedatectl set-ntp/],
    ['clock', { clockAheadMs: 90_000, facts: { ...FACTS, init: 'openrc' } }, /rc-service chronyd start/],
    ['clock', { clockAheadMs: 90_000, facts: { ...FACTS, init: 'sysv' } }, /service chrony start/],
    ['clock', { clockAheadMs: 90_000, facts: { ...FACTS, init: 'none' } }, /the machine below/],
    ['disk', { facts: { ...FACTS, freeBytes: 1024 ** 3 } }, /Make room/],
  ] as const)('is %s, with what to do', (name, change, fix) => {
    const checks = found(change as Partial<ConnectionFindings>);
    expect(Object.keys(checks)).toEqual([name]);
    expect(checks[name]?.fix).toMatch(fix);
  });

  it('skips what comes after the first failure of the way there', () => {
    const checks = toConnectionChecks({
      ...GOOD,
      reach: { endedAt: 'port', reason: 'x' },
      login: null,
      facts: null,
      engine: null,
      clockAheadMs: null,
    });
    expect(checks.map(({ state }) => state)).toEqual(['ok', 'failed', ...Array.from({ length: 9 }, () => 'skipped')]);
  });
});
