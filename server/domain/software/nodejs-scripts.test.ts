import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { customizeNode, installNode, launchNode } from './nodejs-scripts.ts';
import type { SoftwarePlace } from './process-spec.ts';

const runDir = mkdtempSync(path.join(tmpdir(), 'clocker-node-'));
const pidFile = `${runDir}/pid.txt`;
const place = (kind: SoftwarePlace['kind']) => ({ kind }) as SoftwarePlace;

afterAll(() => rmSync(runDir, { recursive: true, force: true }));

function sh(script: string) {
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, RUN_DIR: runDir, PID_FILE: pidFile };
  const { status, stderr } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8', cwd: runDir, env });
  return { code: status, stderr };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

it('starts the main file of an archive with one outer folder, told where to listen', async () => {
  mkdirSync(`${runDir}/app/todo-1.0`, { recursive: true });
  writeFileSync(
    `${runDir}/app/todo-1.0/it's.js`,
    "require('http').createServer((_, answer) => answer.end('todo')).listen(process.env.PORT, '127.0.0.1')",
  );
  const port = await freePort();
  const config = { 'http.port': port, 'nodejs.app.fileName': "it's.js" };
  expect(sh(customizeNode(config))).toEqual({ code: 0, stderr: '' });
  expect(sh(launchNode(config))).toEqual({ code: 0, stderr: '' });
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    const ask = async () => await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await vi.waitFor(async () => expect(await ask()).toBe('todo'), { timeout: 20_000, interval: 50 });
  } finally {
    process.kill(pid, 'SIGKILL');
  }
});

it('says that packages are named and there is no npm', () => {
  writeFileSync(`${runDir}/app/todo-1.0/package.json`, '{ "dependencies": { "express": "4" } }');
  const few = `mkdir -p bin && ln -sf "$(command -v ls)" "$(command -v grep)" bin/ && PATH="$RUN_DIR/bin"`;
  const { code, stderr } = sh(`${few}\n${customizeNode({})}`);
  expect([code, stderr]).toEqual([1, expect.stringContaining('there is no npm')]);
});

it('installs Node.js on a machine only, git and npm where they are needed', () => {
  const git = { 'nodejs.gitRepo.url': 'https://host/a.git' };
  expect(installNode({}, place('container'))).toBeNull();
  expect(installNode(git, place('container'))).toMatch(/install -y --no-remove --no-install-recommends 'git' 'ca-certificates'/);
  expect(installNode({ 'nodejs.packages': 'express' }, place('machine'))).toMatch(/'nodejs' 'ca-certificates' 'npm'/);
});
