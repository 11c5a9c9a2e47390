import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ExecResult, LocalExec } from '../../ports/local-exec.ts';
import type { Say } from './report.ts';

const STAMP = '.next/clocker-build';
const SOURCES = [
  'app/**/*',
  'components/**/*',
  'server/{domain,api,ports}/**/*',
  'next.config.js',
  'postcss.config.mjs',
  'package-lock.json',
];
const BUILD_TIMEOUT_MS = 900_000;

/** Builds the pages unless those that are there were built from the very same sources. */
export async function buildConsole(exec: LocalExec, say: Say): Promise<void> {
  const wanted = hashOfSources();
  if (readStamp() === wanted) return say('Console: pages are built');
  say('Console: building pages');
  const built = await build(exec, say);
  if (built.code !== 0) {
    throw new ClockerError('internal', {
      message: `The pages could not be built:\n${built.stdout}${built.stderr}`,
      hint: 'Run: npm run build',
    });
  }
  writeFileSync(STAMP, wanted);
  say('Console: pages are built');
}

/** Another build on the same folder, such as one whose parent was killed, is waited for: it ends by itself. */
async function build(exec: LocalExec, say: Say): Promise<ExecResult> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  for (;;) {
    const built = await exec.run(['node_modules/.bin/next', 'build'], {
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      timeoutMs: BUILD_TIMEOUT_MS,
    });
    const busy = built.code !== 0 && /Another next build process is already running/.test(built.stdout + built.stderr);
    if (!busy || Date.now() > deadline) return built;
    say('Console: waiting for another build to end');
    await sleep(2_000);
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function readStamp(): string {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    // Never built, or by a bare `next build`.
    return '';
  }
}
