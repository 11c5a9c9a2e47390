import { describe, expect, it } from 'vitest';
import { beginningProblem, rewriteUrl, rewriteUrls } from './artifact-rule.ts';

const RULES = [
  { id: 'https://repo1.maven.org/', to: 'http://mirror.local/any/' },
  { id: 'https://repo1.maven.org/maven2/', to: 'http://mirror.local/maven/' },
  { id: 'http://mirror.local/maven/', to: 'http://elsewhere/' },
];

describe('a URL', () => {
  it('is rewritten by the longest beginning, and once', () => {
    expect(rewriteUrl('https://repo1.maven.org/maven2/a/b.jar', RULES)).toBe('http://mirror.local/maven/a/b.jar');
    expect(rewriteUrl('https://repo1.maven.org/x', RULES)).toBe('http://mirror.local/any/x');
    expect(rewriteUrl('https://other.org/maven2/', RULES)).toBe('https://other.org/maven2/');
  });

  it('is found wherever it stands in a command or a Dockerfile, and nothing else is touched', () => {
    const command = `curl -fsS "https://repo1.maven.org/maven2/a.jar" | tar x; echo 'https://repo1.maven.org/b' xhttps://repo1.maven.org/`;
    expect(rewriteUrls(command, RULES)).toBe(
      `curl -fsS "http://mirror.local/maven/a.jar" | tar x; echo 'http://mirror.local/any/b' xhttps://repo1.maven.org/`,
    );
    expect(rewriteUrls('ADD https://repo1.maven.org/maven2/a.jar /a.jar', RULES)).toBe('ADD http://mirror.local/maven/a.jar /a.jar');
    expect(rewriteUrls(command, [])).toBe(command);
  });
});

describe('a beginning of URLs', () => {
  it.each(['https://repo1.maven.org/maven2/', 'http://mirror.local:8080', 'https://a.org/b?c='])('may be %s', (written) =>
    expect(beginningProblem(written)).toBeNull(),
  );
  it.each(['', 'repo1.maven.org', 'ftp://a.org/', 'https://', 'https://a b', 'https://ada:pw@a.org/', `https://a.org/${'x'.repeat(500)}`])(
    'is not %s',
    (written) => expect(beginningProblem(written)).not.toBeNull(),
  );
});
