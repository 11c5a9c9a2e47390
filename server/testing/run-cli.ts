import { spawn } from 'node:child_process';
import path from 'node:path';

export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Runs `clocker` as a process of its own, with nothing of this one's settings. */
export function runCli(
  argv: readonly string[],
  options: { env?: Readonly<Record<string, string>>; stdin?: string } = {},
): Promise<CliOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'clocker.js'), ...argv], {
      cwd: ROOT,
      env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', HOME: '/nonexistent', CLOCKER_DATA: '/nonexistent', ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += String(text);
    });
    child.stderr.on('data', (text) => {
      stderr += String(text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.stdin ?? '');
  });
}
