import { execFile } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLICY = '/usr/sbin/policy-rc.d';

/** Debian packages of programs that only tests need. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  '/usr/sbin/sshd': 'openssh-server',
  '/bin/busybox': 'busybox-static',
  '/usr/bin/docker-registry': 'docker-registry',
  '/usr/sbin/dockerd': 'docker.io',
};

/** Installs what is missing, without starting the services that come with it. Wants root and Debian where something is missing. */
export async function ensureTestPrograms(programs: readonly (keyof typeof PACKAGE_OF)[]): Promise<void> {
  const missing: string[] = [];
  for (const program of programs) if (!(await exists(program))) missing.push(PACKAGE_OF[program] ?? program);
  if (missing.length === 0) return;
  const hasPolicy = await exists(POLICY);
  if (!hasPolicy) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const lock = ['-o', 'DPkg::Lock::Timeout=300'];
    await run('apt-get', ['update', '-q', ...lock], { env, timeout: 120_000 });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...lock, ...missing], { env, timeout: 600_000 });
  } finally {
    if (!hasPolicy) await rm(POLICY, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
