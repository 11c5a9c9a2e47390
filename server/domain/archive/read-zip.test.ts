import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { makeZip, type ZipPart } from '../../testing/make-zip.ts';
import { ARCHIVE_LIMITS } from './archive.ts';
import { crc32 } from './crc32.ts';
import { readZip } from './read-zip.ts';

const text = (content: string) => new TextEncoder().encode(content);

function filesOf(bytes: Uint8Array): Readonly<Record<string, string | null>> {
  const result = readZip(bytes);
  if (!result.ok) throw new Error(result.problem.message);
  return Object.fromEntries(result.files.map(({ path, bytes: content }) => [path, content && new TextDecoder().decode(content)]));
}

function problemOf(bytes: Uint8Array): string {
  const result = readZip(bytes);
  return result.ok ? 'none' : `${result.problem.code}: ${result.problem.message}`;
}

describe('a good archive', () => {
  it('gives its files, stored and packed, and no folders', () => {
    const bytes = makeZip([
      { name: 'a/', mode: 0o040755 },
      { name: 'a/b.sh', content: 'echo hello\n' },
      { name: './c.txt', content: 'stored', method: 0 },
      { name: 'win\\d.txt', content: 'd' },
    ]);
    expect(filesOf(bytes)).toEqual({ 'a/b.sh': 'echo hello\n', 'c.txt': 'stored', 'win/d.txt': 'd' });
  });

  it('may be made by another program, and have a comment', () => {
    expect(filesOf(zipSync({ 'x.yaml': text('a: 1\n'.repeat(10_000)) }))).toEqual({ 'x.yaml': 'a: 1\n'.repeat(10_000) });
    expect(filesOf(makeZip([{ name: 'ü.txt', content: 'ü' }], 'made by hand'))).toEqual({ 'ü.txt': 'ü' });
  });

  it('names files that are too large to be text without unpacking them', () => {
    expect(filesOf(makeZip([{ name: 'app.war', content: 'x', size: ARCHIVE_LIMITS.fileBytes + 1 }]))).toEqual({ 'app.war': null });
  });
});

describe('an archive that is refused', () => {
  it.each<readonly [string, ZipPart]>([
    ['leads out of the archive', { name: '../../etc/cron.d/x' }],
    ['leads out of the archive', { name: 'a/../../x' }],
    ['leads out of the archive', { name: '..\\x' }],
    ['is an absolute path', { name: '/etc/passwd' }],
    ['is a path of a drive', { name: 'C:\\x' }],
    ['has an empty part', { name: 'a//b' }],
    ['has invisible characters', { name: 'a\u0000b' }],
    ['has invisible characters', { name: 'gpj.\u202eexe' }],
    ['is longer than 400 characters', { name: 'a'.repeat(401) }],
    ['has more than 32 folders', { name: 'a/'.repeat(33) }],
    ['is a link', { name: 'a', content: '/etc/passwd', mode: 0o120777 }],
    ['is no plain file', { name: 'fifo', mode: 0o010644 }],
    ['is no plain file', { name: 'device', mode: 0o020644 }],
    ['would run as another user', { name: 'sh', mode: 0o104755 }],
    ['is encrypted', { name: 'a', flags: 1 }],
    ['is packed with a method (12)', { name: 'a', method: 12 }],
  ])('has an entry that %s: %o', (reason, part) => {
    expect(problemOf(makeZip([{ name: 'good.yaml', content: 'a: 1' }, part]))).toMatch(
      new RegExp(`^archive-unsafe: The entry “.*” ${reason.replace(/[()]/g, '\\$&')}`, 's'),
    );
  });

  it.each([
    ['README', 'readme'],
    ['straße', 'STRASSE'],
    ['e\u0301.txt', '\u00e9.txt'],
  ])('has two entries that some file system takes for one: %s and %s', (one, other) => {
    expect(problemOf(makeZip([{ name: one }, { name: other }]))).toBe(`archive-unsafe: The entries “${one}” and “${other}” name one file.`);
  });

  it('has a file where another entry needs a folder', () => {
    expect(problemOf(makeZip([{ name: 'A', content: 'x' }, { name: 'a/b' }]))).toContain('“a/b” stands below another that is a file');
  });

  it('has too many entries, or claims more than may be unpacked', () => {
    expect(problemOf(makeZip(Array.from({ length: 5001 }, (_, index) => ({ name: `f${index}`, method: 0 }))))).toBe(
      'archive-limit: The archive has more than 5,000 entries.',
    );
    expect(problemOf(makeZip([{ name: 'sparse', size: 0xfffffff0 }]))).toBe('archive-limit: Unpacked, the archive has more than 200 MiB.');
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `f${index}`, size: ARCHIVE_LIMITS.fileBytes }));
    expect(problemOf(makeZip(many))).toContain('archive-limit: The files of at most 2 MiB in the archive have more than 20 MiB.');
  });

  it('unpacks to more or less than it says, and is given up before it does', () => {
    const bomb = makeZip([{ name: 'bomb', content: new Uint8Array(8 * 1024 * 1024), size: 100 }]);
    expect(problemOf(bomb)).toBe('archive-unreadable: The entry “bomb” is damaged.');
    expect(problemOf(makeZip([{ name: 'short', content: 'abc', size: 100 }]))).toContain('damaged');
    expect(problemOf(makeZip([{ name: 'short', content: 'abc', size: 100, method: 0 }]))).toContain('damaged');
  });

  it('has a wrong checksum, or names a file otherwise inside than outside', () => {
    expect(problemOf(makeZip([{ name: 'a', content: 'abc', crc: 1 }]))).toBe('archive-unreadable: The entry “a” is damaged.');
    expect(problemOf(makeZip([{ name: 'a', content: 'abc', localName: 'b' }]))).toBe('archive-unreadable: The entry “a” is damaged.');
  });

  it('is cut off, empty or no archive', () => {
    const whole = makeZip([{ name: 'a', content: 'abc' }]);
    expect(problemOf(whole.subarray(0, whole.length - 5))).toBe('archive-unreadable: The archive is cut off or damaged.');
    expect(problemOf(new Uint8Array(0))).toBe('archive-unreadable: The archive is empty.');
    expect(problemOf(text('tosca_definitions_version: tosca_simple_yaml_1_3'))).toBe('archive-unreadable: The file is no zip archive.');
  });

  it('is never more than a value: no bytes make it throw', () => {
    const good = makeZip([
      { name: 'a.yaml', content: 'a: 1' },
      { name: 'b/c.sh', content: 'echo' },
    ]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }), fc.nat(good.length), (changes, length) => {
        const bytes = good.slice(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        readZip(bytes);
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readZip(bytes)));
  });
});

it('works out the checksum of “123456789” that the standard gives', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
});
