import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  checkScript,
  checkText,
  dataFolderText,
  RUN_CODE,
  removeDataText,
  removeText,
  runScriptText,
  type ScriptRun,
  stopScript,
  writeBytesText,
  writeText,
} from './process-scripts.ts';
import type { ProcessSpec } from './process-spec.ts';

const base = mkdtempSync(path.join(tmpdir(), 'clocker-scripts-'));
const baseDir = `${base}/b`;
const installDir = `${baseDir}/installs/x`;
const runDir = `${baseDir}/apps/y`;
const dataDir = `${base}/data/a/e`;
const place = { kind: 'machine', baseDir, installDir, expandedDir: installDir, runDir, dataDir, pidFile: `${runDir}/pid.txt` } as const;
const hostile = `it's $HOME \`id\` "q" \\ \n; exit 9`;
const RUN: ScriptRun = {
  place,
  owner: 'plane e1',
  number: 0,
  script: '',
  unless: null,
  env: { PID_FILE: place.pidFile, VALUE: hostile },
  dir: runDir,
  timeoutS: 10,
};
const SPEC = { place, env: RUN.env, check: null, stop: null } as ProcessSpec;

afterAll(() => rmSync(base, { recursive: true, force: true }));

function sh(text: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], { input: text, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

describe('scripts of a process, given to a real shell', () => {
  it('run once under a number, with output, code and values as they are', () => {
    const first = { ...RUN, number: 1, script: 'printf "%s" "$VALUE"; echo told >&2; echo x >> runs; exit 3' };
    const told = { code: 3, stdout: hostile, stderr: 'told\n' };
    expect(sh(runScriptText(first))).toEqual(told);
    expect(sh(runScriptText(first))).toEqual(told);
    expect(readFileSync(`${runDir}/runs`, 'utf8')).toBe('x\n');
  });

  it('go on when whoever follows is gone, and are followed by the next', async () => {
    const text = runScriptText({ ...RUN, number: 2, script: 'echo begun >> slow; sleep 1; echo done' });
    const follower = spawn('sh', ['-s'], { stdio: ['pipe', 'ignore', 'ignore'] });
    follower.stdin.end(text);
    while (!existsSync(`${runDir}/slow`)) await new Promise((resolve) => setTimeout(resolve, 20));
    follower.kill('SIGKILL');
    expect(sh(text)).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
    expect(readFileSync(`${runDir}/slow`, 'utf8')).toBe('begun\n');
  });

  it('are ended when they last too long', () => {
    expect(sh(runScriptText({ ...RUN, number: 3, timeoutS: 1, script: 'echo said; sleep 60' }))).toMatchObject({
      code: RUN_CODE.overdue,
      stdout: 'said\n',
    });
  });

  it('are over when the machine was restarted, and what has got their number since is not touched', async () => {
    const other = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    const run = `${runDir}/.clocker/run-30`;
    mkdirSync(`${run}/begun`, { recursive: true });
    writeFileSync(`${run}/boot`, 'the one before\n');
    writeFileSync(`${run}/pid`, `${other.pid}\n`);
    expect(sh(runScriptText({ ...RUN, number: 30 })).code).toBe(RUN_CODE.interrupted);
    expect(sh(runScriptText({ ...RUN, number: 31, script: 'echo next' }))).toMatchObject({ code: 0, stdout: 'next\n' });
    const ended = once(other, 'exit');
    other.kill('SIGTERM');
    expect((await ended)[1]).toBe('SIGTERM');
  });

  it('launch one process, tell that it runs, and end it', () => {
    const launch = (number: number) => ({ ...RUN, number, unless: checkScript(place, null), script: 'sleep 60 & echo $! > "$PID_FILE"' });
    expect(sh(checkText(SPEC)).code).toBe(1);
    expect(sh(runScriptText(launch(4)))).toMatchObject({ code: 0, stdout: '' });
    const pid = readFileSync(place.pidFile, 'utf8').trim();
    expect(sh(checkText(SPEC))).toMatchObject({ code: 0, stdout: `\n${pid}\n` });
    expect(sh(runScriptText(launch(5)))).toMatchObject({ code: 0, stdout: 'It runs already.\n' });
    expect(sh(runScriptText({ ...RUN, isAnew: true, script: stopScript(SPEC, 3) }))).toMatchObject({ code: 0 });
    expect(sh(checkText(SPEC)).code).toBe(1);
    expect(existsSync(place.pidFile)).toBe(false);
  });

  it('cut what a process prints once it is long, and keep its end', () => {
    const printed = `${runDir}/console`;
    writeFileSync(printed, 'short\n');
    sh(checkText(SPEC));
    expect(readFileSync(printed, 'utf8')).toBe('short\n');
    writeFileSync(printed, `${'x'.repeat(16 * 1024 * 1024)}the end\n`);
    sh(checkText(SPEC));
    expect(statSync(printed).size).toBe(0);
    expect(readFileSync(`${printed}.1`, 'utf8')).toHaveLength(1024 * 1024);
    expect(readFileSync(`${printed}.1`, 'utf8')).toMatch(/xthe end\n$/);
  });

  it('take no other process for it that has its number later', () => {
    writeFileSync(place.pidFile, `${process.pid}\n`);
    writeFileSync(`${runDir}/.clocker/process`, `${process.pid} 1 another-boot\n`);
    expect(sh(checkText(SPEC)).code).toBe(1);
    expect(sh(runScriptText({ ...RUN, isAnew: true, script: stopScript(SPEC, 1) })).code).toBe(0);
  });

  it('write files as they are, with their permissions', () => {
    const files = ['a b/one', 'two'].map((name) => ({ path: `${runDir}/${name}`, content: `${hostile}\nCLOCKER_END`, mode: 0o640 }));
    expect(sh(writeText([...files, { path: `${runDir}/three`, content: 'end\n', mode: 0o755 }], RUN))).toMatchObject({
      code: 0,
      stderr: '',
    });
    // They may come first: the folder is marked, and what follows takes it for its own.
    expect(sh(runScriptText({ ...RUN, number: 40, script: 'echo after' }))).toMatchObject({ code: 0, stdout: 'after\n' });
    expect(readFileSync(`${runDir}/a b/one`, 'utf8')).toBe(`${hostile}\nCLOCKER_END`);
    expect(readFileSync(`${runDir}/three`, 'utf8')).toBe('end\n');
    expect(statSync(`${runDir}/two`).mode & 0o777).toBe(0o640);
  });

  it('write files of bytes in parts, whole or not at all, into a folder that is emptied before', () => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
    const part = (from: number, to: number, given: { isFirst: boolean; isLast: boolean }) => ({
      path: `${runDir}/app/it's.bin`,
      base64: bytes.subarray(from, to).toString('base64'),
      mode: 0o755,
      ...given,
    });
    mkdirSync(`${runDir}/app`, { recursive: true });
    writeFileSync(`${runDir}/app/stale`, '');
    const first = writeBytesText([part(0, 400, { isFirst: true, isLast: false })], { ...RUN, clear: `${runDir}/app` });
    expect(sh(first)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(`${runDir}/app`)).toEqual(["it's.bin.clocker-part"]);
    expect(sh(writeBytesText([part(400, 1000, { isFirst: false, isLast: true })], { ...RUN, clear: null }))).toMatchObject({ code: 0 });
    expect(readFileSync(`${runDir}/app/it's.bin`)).toEqual(bytes);
    expect(statSync(`${runDir}/app/it's.bin`).mode & 0o777).toBe(0o755);
  });

  it('write files before anything else, and what follows takes the folders for its own', () => {
    const fresh = { ...RUN, place: { ...place, runDir: `${baseDir}/apps/z`, installDir: `${baseDir}/installs/z` } };
    const file = { path: `${fresh.place.installDir}/notes.txt`, content: 'first\n', mode: 0o644 };
    expect(sh(writeText([file], fresh))).toMatchObject({ code: 0, stderr: '' });
    expect(sh(runScriptText({ ...fresh, number: 1, script: 'echo after' }))).toMatchObject({ code: 0 });
    expect(sh(writeText([file], { ...fresh, owner: 'plane e2' }))).toMatchObject({ code: RUN_CODE.foreign });
    expect(sh(removeText(fresh.place, fresh.owner)).code).toBe(0);
  });

  it('make a folder for data, find it again, and take it away only for whom it was made', () => {
    expect(sh(dataFolderText(dataDir, RUN.owner))).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(`${dataDir}/rows`, 'kept');
    expect(sh(dataFolderText(dataDir, RUN.owner)).code).toBe(0);
    expect(sh(dataFolderText(dataDir, 'plane e2')).code).toBe(RUN_CODE.foreign);
    expect(sh(removeDataText(dataDir, 'plane e2')).code).toBe(RUN_CODE.foreign);
    expect(readFileSync(`${dataDir}/rows`, 'utf8')).toBe('kept');
    expect(sh(removeDataText(dataDir, RUN.owner))).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(`${base}/data`)).toBe(false);
    expect(sh(removeDataText(dataDir, RUN.owner)).code).toBe(0);
  });

  it('touch no folder that is not theirs, and leave nothing of their own', () => {
    expect(sh(runScriptText({ ...RUN, owner: 'plane e2', number: 6, script: 'echo no' }))).toMatchObject({
      code: RUN_CODE.foreign,
      stdout: '',
    });
    sh(removeText(place, 'plane e2'));
    expect(existsSync(runDir)).toBe(true);
    sh(removeText(place, RUN.owner));
    expect(existsSync(baseDir)).toBe(false);
    expect(existsSync(base)).toBe(true);
  });
});
