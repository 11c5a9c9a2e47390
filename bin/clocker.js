#!/usr/bin/env node
// Whatever Node starts this, the command itself runs on the Node 24 of the `node` package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const node = path.join(root, 'node_modules', '.bin', 'node');
if (!existsSync(node)) {
  process.stderr.write(`Error: ${node} does not exist\nHint: run "npm ci" in ${root} first.\n`);
  process.exit(1);
}
const { status, signal } = spawnSync(node, [path.join(root, 'server', 'cli', 'clocker.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (signal !== null) process.kill(process.pid, signal);
process.exit(status ?? 1);
