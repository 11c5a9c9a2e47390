import { describe, expect, it } from 'vitest';
import { parseDockerIgnore } from './docker-ignore.ts';

const out = (text: string, ...paths: readonly string[]) => paths.filter((path) => parseDockerIgnore(text).leavesOut(path));

describe('.dockerignore', () => {
  it.each([
    ['*.log', ['a.log', 'sub/a.log'], ['a.log']],
    ['**/*.log', ['a.log', 'sub/deep/a.log', 'a.logs'], ['a.log', 'sub/deep/a.log']],
    ['**.log', ['a.log', 'sub/a.log'], ['a.log', 'sub/a.log']],
    ['node_modules', ['node_modules/a/b.js', 'sub/node_modules/a.js'], ['node_modules/a/b.js']],
    ['**/node_modules/', ['node_modules/a.js', 'sub/node_modules/a.js', 'node_modules2/a'], ['node_modules/a.js', 'sub/node_modules/a.js']],
    ['/build', ['build/x', 'src/build/x'], ['build/x']],
    ['*/temp*', ['a/temporary.txt', 'temp', 'a/b/temp'], ['a/temporary.txt']],
    ['temp?', ['tempa', 'temp', 'tempab'], ['tempa']],
    ['a/**/z', ['a/z', 'a/b/c/z', 'z'], ['a/z', 'a/b/c/z']],
    ['[a-c]x\n[^d]y', ['bx', 'dx', 'ey', 'dy'], ['bx', 'ey']],
    ['# *\n\n  spaced  \n', ['a', 'spaced'], ['spaced']],
    ['\\*', ['*', 'a'], ['*']],
    ['./a/../b', ['a', 'b'], ['b']],
    ['*', ['a', 'b/c'], ['a', 'b/c']],
  ])('%j of %j leaves out %j', (text, paths, expected) => expect(out(text, ...paths)).toEqual(expected));

  it('lets the last pattern decide, also for a folder that an earlier one leaves out', () => {
    expect(out('*\n!src\nsrc/secret', 'a', 'src/a', 'src/secret/b')).toEqual(['a', 'src/secret/b']);
    expect(out('docs\n!docs/README.md', 'docs/a.md', 'docs/README.md')).toEqual(['docs/a.md']);
  });

  it('tells a folder that need not be looked into', () => {
    expect(parseDockerIgnore('node_modules').leavesOutAll('node_modules')).toBe(true);
    expect(parseDockerIgnore('node_modules\n!node_modules/a').leavesOutAll('node_modules')).toBe(false);
    expect(parseDockerIgnore('node_modules').leavesOutAll('src')).toBe(false);
  });

  it('is not slowed down by any pattern', () => {
    const text = Array.from({ length: 200 }, () => '**/a*a*a*a*a*a*a*a*a*b/**/**/**/c').join('\n');
    expect(out(text, `${'a'.repeat(200)}/${'a/'.repeat(100)}d`)).toEqual([]);
  });
});
