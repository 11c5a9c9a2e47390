import { describe, expect, it } from 'vitest';
import { createLocalExec } from './local-exec.ts';

const exec = createLocalExec();

describe('createLocalExec', () => {
  it('passes arguments as they are, with input and environment', async () => {
    const result = await exec.run(['sh', '-c', 'cat; echo "$1 $NAME"', 'sh', '$(id) ; "x"'], { input: 'in ', env: { NAME: 'lab' } });
    expect(result).toEqual({ code: 0, stdout: 'in $(id) ; "x" lab\n', stderr: '' });
  });

  it('returns the exit code and what the program said', async () => {
    expect(await exec.run(['sh', '-c', 'echo no >&2; exit 3'])).toEqual({ code: 3, stdout: '', stderr: 'no\n' });
    expect((await exec.run(['no-such-program-here'])).code).toBe(127);
  });

  it('ends a program and its children at the deadline', async () => {
    const started = performance.now();
    await expect(exec.run(['sh', '-c', 'sleep 30 & sleep 30'], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'deadline' });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('ends a program when its caller gives up', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(exec.run(['sleep', '30'], { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('reports whole lines while the program runs', async () => {
    const lines: string[] = [];
    await exec.run(['sh', '-c', 'printf a; sleep 0.05; printf "b\\nc"'], { onLine: (line, stream) => lines.push(`${stream}: ${line}`) });
    expect(lines).toEqual(['stdout: ab', 'stdout: c']);
  });

  it('connects programs and tells when one in the middle failed', async () => {
    const good = await exec.pipeline([['printf', 'b\\na\\n'], ['sort'], ['tr', 'a-z', 'A-Z']]);
    expect(good).toMatchObject({ code: 0, stdout: 'A\nB\n' });
    expect((await exec.pipeline([['sh', '-c', 'echo x; exit 4'], ['cat']])).code).toBe(4);
  });

  it('tells living processes from dead ones and from later ones of the same number', async () => {
    const self = await exec.self();
    expect(await exec.isAlive(self)).toBe(true);
    expect(await exec.isAlive({ ...self, started: 'earlier' })).toBe(false);
    expect(await exec.identify(2 ** 22 + 1)).toBeUndefined();
    expect((await exec.commandLine(process.pid))?.length).toBeGreaterThan(0);
  });
});
