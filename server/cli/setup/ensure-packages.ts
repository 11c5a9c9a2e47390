import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** A program this project needs and the Debian package that brings it. */
export interface Requirement {
  readonly file: string;
  readonly packages: readonly string[];
}

export const CHROMIUM: Requirement = { file: '/usr/bin/chromium', packages: ['chromium', 'fonts-liberation'] };
export const SSHD: Requirement = { file: '/usr/sbin/sshd', packages: ['openssh-server'] };
export const POSTGRES: Requirement = { file: '/usr/share/postgresql-common/pg_wrapper', packages: ['postgresql'] };
export const COMPOSE: Requirement = { file: '/usr/bin/docker-compose', packages: ['docker-compose'] };
export const IPROUTE: Requirement = { file: '/usr/bin/ip', packages: ['iproute2'] };

const POLICY = '/usr/sbin/policy-rc.d';

/** Installs what is missing with apt-get, without starting any service. Says what to run where it may not. */
export function ensurePackages(requirements: readonly Requirement[], say: (line: string) => void): void {
  const missing = requirements.filter((requirement) => !existsSync(requirement.file)).flatMap((requirement) => requirement.packages);
  if (missing.length === 0) return;
  const command = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`Missing: ${missing.join(', ')}. Install them as root: ${command.join(' ')}`);
  }
  say(`Installing ${missing.join(', ')} (apt-get)`);
  withoutStartingServices(() => {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', timeout: 300_000 });
    execFileSync(command[0] ?? '', command.slice(1), {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 900_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  });
}

/** Debian starts what it installs unless this file answers 101; a file of the machine's own is left alone. */
function withoutStartingServices(install: () => void): void {
  if (existsSync(POLICY)) {
    install();
    return;
  }
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(POLICY, { force: true });
  }
}
