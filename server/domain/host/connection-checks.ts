import type { HostKey } from '../entity/host.ts';
import { LEAST_FREE_BYTES } from '../host-setup/plan-set-up.ts';
import type { SetUpFacts } from '../host-setup/set-up-facts.ts';

/** What stands between a machine and being a host, in the order in which it can be found. */
export type CheckName = 'name' | 'port' | 'ssh' | 'key' | 'login' | 'sudo' | 'engine' | 'permission' | 'forwarding' | 'clock' | 'disk';

export interface ConnectionCheck {
  readonly name: CheckName;
  readonly title: string;
  /** `skipped`: an earlier one stands before it. A warning keeps no host out of service. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in one sentence. */
  readonly text: string;
  /** What a person does about it; null where there is nothing to do. */
  readonly fix: string | null;
}

export interface ConnectionFindings {
  readonly place: { readonly address: string; readonly port: number; readonly user: string };
  /** How far it got before a login: the key that the machine shows, or where it ended and why. */
  readonly reach: { readonly hostKey: HostKey } | { readonly endedAt: 'name' | 'port' | 'ssh'; readonly reason: string };
  /** The key that is pinned, or that a person has just compared. */
  readonly pinned: HostKey;
  /** Null when it was not tried. */
  readonly login: Outcome | null;
  /** Null when they were not read. */
  readonly facts: SetUpFacts | null;
  /** A call to the Engine API over the connection; null when it was not tried. */
  readonly engine: Outcome | null;
  /** Milliseconds that the machine's clock is ahead of ours; null when unknown. */
  readonly clockAheadMs: number | null;
}

export type Outcome = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

const TITLES: Readonly<Record<CheckName, string>> = {
  name: 'Name',
  port: 'Port',
  ssh: 'SSH',
  key: 'Host key',
  login: 'Login',
  sudo: 'Rights',
  engine: 'Docker Engine',
  permission: 'Right to use Docker',
  forwarding: 'Way to the engine',
  clock: 'Clock',
  disk: 'Disk',
};
const START_FIXES: Readonly<Record<SetUpFacts['init'], string>> = {
  systemd: 'Start it on the machine: sudo systemctl start docker',
  openrc: 'Start it on the machine: sudo rc-service docker start',
  sysv: 'Start it on the machine: sudo service docker start',
  none: 'Start dockerd on the machine: it has no init system that starts services.',
};
const CLOCK_FIXES: Readonly<Record<SetUpFacts['init'], string>> = {
  systemd: 'Turn on time synchronisation: sudo timedatectl set-ntp true',
  openrc: 'Install chrony on the machine, then: sudo rc-service chronyd start',
  sysv: 'Install chrony on the machine, then: sudo service chrony start',
  none: 'Turn on time synchronisation; in a container the clock is that of the machine below.',
};
const ORDER = Object.keys(TITLES) as readonly CheckName[];

/** Certificates and tokens begin to fail, and times of logs mislead. */
const CLOCK_LIMIT_MS = 30_000;

type Verdict = Pick<ConnectionCheck, 'state' | 'text' | 'fix'>;

/** One check for each thing that can be wrong, all of them always: what could not be looked at is skipped. Pure. */
export function toConnectionChecks(findings: ConnectionFindings): readonly ConnectionCheck[] {
  const verdicts: Partial<Record<CheckName, Verdict>> = {
    ...reachVerdicts(findings),
    ...loginVerdicts(findings),
    ...machineVerdicts(findings),
  };
  return ORDER.map((name) => ({
    name,
    title: TITLES[name],
    ...(verdicts[name] ?? { state: 'skipped', text: 'Not looked at', fix: null }),
  }));
}

function ok(text: string): Verdict {
  return { state: 'ok', text, fix: null };
}

function bad(text: string, fix: string, state: 'failed' | 'warning' = 'failed'): Verdict {
  return { state, text, fix };
}

function reachVerdicts({ place, reach, pinned }: ConnectionFindings): Partial<Record<CheckName, Verdict>> {
  const { address, port } = place;
  const name = ok(/^[\d.]+$|:/.test(address) ? `${address} is an address` : `${address} is a name that is known`);
  if ('hostKey' in reach)
    return { name, port: ok(`${port} takes connections`), ssh: ok('An SSH server answers'), key: keyVerdict(pinned, reach.hostKey) };
  const reason = `${address}: ${reach.reason}`;
  switch (reach.endedAt) {
    case 'name':
      return { name: bad(reason, 'Correct the name, add it to the DNS, or give an IP address.') };
    case 'port':
      return {
        name,
        port: bad(
          `${address}:${port}: ${reach.reason}`,
          'See that the machine is on, that sshd listens on this port, and that no firewall is in between.',
        ),
      };
    case 'ssh':
      return {
        name,
        port: ok(`${port} takes connections`),
        ssh: bad(
          `What listens there does not speak SSH as it should: ${reach.reason}`,
          'Correct the port, or look at the log of sshd on the machine.',
        ),
      };
  }
}

function keyVerdict(pinned: HostKey, shown: HostKey): Verdict {
  if (shown.fingerprint === pinned.fingerprint) return ok(`${shown.type} ${shown.fingerprint}`);
  if (pinned.fingerprint === '') {
    return bad(`It shows ${shown.type} ${shown.fingerprint}, which nobody has compared`, 'Compare it on the machine, and accept it here.');
  }
  return bad(
    `It shows ${shown.fingerprint}; ${pinned.fingerprint} is pinned`,
    'Set up anew? Compare the new one on its console and accept it here. If not, somebody may be in between.',
  );
}

function loginVerdicts({ place: { user }, login, facts }: ConnectionFindings): Partial<Record<CheckName, Verdict>> {
  if (login === null) return {};
  if (!login.ok)
    return { login: bad(login.text, `Add the public key of the credential to ~/.ssh/authorized_keys of ${user} on the machine.`) };
  const logged = ok(`${user} logs in`);
  if (facts === null) {
    return {
      login: bad(
        `${user} logs in, and gets no shell that runs commands`,
        `Give ${user} a shell on the machine: sudo chsh -s /bin/sh ${user}`,
      ),
    };
  }
  if (facts.isRoot) return { login: logged, sudo: ok('It is root') };
  if (facts.hasSudo) return { login: logged, sudo: ok('sudo works without a password') };
  const fix = `Only needed to set up Docker Engine from here: echo '${user} ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/clocker`;
  return { login: logged, sudo: bad('It is not root, and sudo asks for a password', fix, 'warning') };
}

function machineVerdicts(findings: ConnectionFindings): Partial<Record<CheckName, Verdict>> {
  const { facts, clockAheadMs } = findings;
  if (facts === null) return {};
  return {
    ...engineVerdicts(findings, facts),
    ...(clockAheadMs === null ? {} : { clock: clockVerdict(clockAheadMs, facts.init) }),
    ...(facts.freeBytes === null ? {} : { disk: diskVerdict(facts.freeBytes) }),
  };
}

function engineVerdicts({ place: { user }, engine }: ConnectionFindings, facts: SetUpFacts): Partial<Record<CheckName, Verdict>> {
  if (engine?.ok)
    return { engine: ok(engine.text), permission: ok(`${user} may use it`), forwarding: ok('The Engine API answers over SSH') };
  if (facts.docker === 'missing' && facts.socket === 'missing') {
    return { engine: bad('Docker Engine is not installed', 'Let it be set up from here, or install it on the machine.') };
  }
  if (facts.socket === 'missing' || (facts.docker !== 'running' && facts.socket === 'usable')) {
    return { engine: bad('Docker Engine does not run', START_FIXES[facts.init]) };
  }
  const there = ok('Docker Engine is there');
  if (facts.socket === 'denied') {
    const groups = facts.groups.join(', ') || 'none';
    return {
      engine: there,
      permission: bad(`${user} may not use it (groups: ${groups})`, `Add the user to its group: sudo usermod -aG docker ${user}`),
    };
  }
  const may = ok(`${user} may use it`);
  if (engine === null) return { engine: there, permission: may };
  const fix =
    'Allow it in sshd_config of the machine (AllowStreamLocalForwarding yes), or let sessions run commands (no ForceCommand) and install the docker command.';
  return { engine: there, permission: may, forwarding: bad(`The engine is not reached over SSH: ${engine.text}`, fix) };
}

function clockVerdict(aheadMs: number, init: SetUpFacts['init']): Verdict {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= CLOCK_LIMIT_MS)
    return ok(seconds <= 1 ? 'It shows the time that we have' : `It differs by ${seconds} s from ours`);
  return bad(`It is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`, CLOCK_FIXES[init], 'warning');
}

function diskVerdict(freeBytes: number): Verdict {
  const free = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB are free where the engine keeps its things`;
  if (freeBytes >= LEAST_FREE_BYTES) return ok(free);
  return bad(free, 'Make room; what takes it is told on the machine by: docker system df', 'warning');
}
