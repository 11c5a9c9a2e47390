import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHROMIUM, ensurePackages, IPROUTE, POSTGRES, SSHD } from '../setup/ensure-packages.ts';
import { type Counts, countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, planSuites, type Suite } from './suites.ts';

const full = process.argv.includes('--full');
const only = process.argv.filter((argument) => argument.startsWith('--only=')).flatMap((argument) => argument.slice(7).split(','));
const reports = mkdtempSync(path.join(tmpdir(), 'clocker-reports-'));
const started = Date.now();

ensurePackages([CHROMIUM, SSHD, POSTGRES, IPROUTE], say);
const seed = commitHash();
say(`Long suites: ${full ? 'whole' : `sampled by ${seed.slice(0, 12)}`}`);

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const failures: string[] = [];
for (const suite of planSuites({ full, seed, reports })) {
  if (only.length > 0 && !only.includes(suite.name)) continue;
  say(`── ${suite.name}`);
  const begun = Date.now();
  const code = await runSuite(suite);
  const report = readReport(suite);
  const counts = outcome(suite, code, report);
  failures.push(...failuresOf(suite, counts, report).map((failure) => `${suite.name}: ${failure}`));
  total = { passed: total.passed + counts.passed, failed: total.failed + counts.failed, skipped: total.skipped + counts.skipped };
  lines.push(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed in ${Math.round((Date.now() - begun) / 1000)} s`);
  say(lines.at(-1) ?? '');
}

rmSync(reports, { recursive: true, force: true });
say('');
for (const line of [...lines, ...(failures.length > 0 ? ['', 'What failed:', ...failures, ''] : [])]) say(line);
say(`all in ${Math.round((Date.now() - started) / 1000)} s`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** When this process is gone, however it ended, its end of the pipe is: then the suite is ended too, and the next run meets nothing of it. */
function guard(group: number): () => void {
  const child = spawn('sh', ['-c', 'cat >/dev/null; kill -KILL "-$1"', 'sh', String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', (error) => say(String(error)));
  return () => void child.kill('SIGKILL');
}

function runSuite(suite: Suite): Promise<number> {
  const [command = '', ...args] = suite.argv;
  return new Promise((resolve) => {
    const child = spawn(path.join('node_modules', '.bin', command), args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...suite.env, NEXT_TELEMETRY_DISABLED: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/e2e.json` },
      detached: true,
    });
    const unguard = child.pid ? guard(child.pid) : () => undefined;
    const timer = setTimeout(() => {
      say(`${suite.name} took longer than ${suite.timeoutMs / 60_000} minutes and was ended`);
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, suite.timeoutMs);
    child.on('error', (error) => {
      say(String(error));
      unguard();
      clearTimeout(timer);
      resolve(127);
    });
    child.on('exit', (code) => {
      unguard();
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

function readReport(suite: Suite): unknown {
  const file = `${reports}/${suite.report === 'playwright' ? 'e2e' : suite.name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** A suite whose report is missing or clean although it exited with an error counts as one failure. */
function outcome(suite: Suite, code: number, report: unknown): Counts {
  if (suite.report === 'exit-code') return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = suite.report === 'playwright' ? countPlaywright(report) : countVitest(report);
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Named once more at the end, where one looks first; a suite that names none is named itself. */
function failuresOf(suite: Suite, counts: Counts, report: unknown): readonly string[] {
  if (counts.failed === 0) return [];
  const named = suite.report === 'playwright' ? failuresOfPlaywright(report) : failuresOfVitest(report);
  return named.length > 0 ? named : ['failed as a whole: see above'];
}

function commitHash(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch (error) {
    say(`Not a git checkout (${error instanceof Error ? error.message.split('\n')[0] : error}); the sample is a fixed one`);
    return 'fixed';
  }
}

function say(line: string): void {
  console.log(line);
}
