import { describe, expect, it } from 'vitest';
import { artifactFile, artifactFileProblem, artifactPath } from './artifact-file.ts';

describe('where a rule leads', () => {
  it.each(['file:maven/', 'file:jdk-8.tar.gz', 'file:a/b/c/'])('may be %s', (to) => expect(artifactFileProblem(to)).toBeNull());
  it.each([
    'file:',
    'file:/etc/',
    'file:///etc/passwd',
    'file:../keys/',
    'file:a/../b',
    'file:./a',
    'file:a//b',
    'file:a%2f..',
    'file:a b',
    'http://a/',
    `file:${'a'.repeat(500)}`,
  ])('is not %s', (to) => expect(artifactFileProblem(to)).not.toBeNull());
  it('is a file only where it says so', () => {
    expect(artifactFile('file:maven/')).toBe('maven/');
    expect(artifactFile('http://file:80/')).toBeNull();
  });
});

describe('the path of an artifact', () => {
  it('is what a URL says, without its query', () => {
    expect(artifactPath('maven/a%20b.jar?x=1#y')).toBe('maven/a b.jar');
  });
  it.each(['', 'a/../b', '../a', '/etc/passwd', 'a/%2e%2e/b', 'a%2f..%2fb', 'a\\..\\b', 'a%00', 'a/', '%zz', '%5c..'])(
    'is never %j',
    (written) => expect(artifactPath(written)).toBeNull(),
  );
});
