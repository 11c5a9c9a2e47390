import { describe, expect, it } from 'vitest';
import { pickDebianSources } from './debian-sources.ts';

describe('pickDebianSources', () => {
  it("takes Debian's stanzas and leaves other archives and comments out", () => {
    const text = `# note\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n\nTypes: deb\nURIs: https://vendor.example/apt\nSuites: nodistro\nComponents: main\n`;
    const [picked] = pickDebianSources([{ name: '/etc/apt/sources.list.d/all.sources', text }], 'bookworm');
    expect(picked?.text).toBe('Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n');
  });

  it('takes one-line entries with options, but no source packages and no other release', () => {
    const text = [
      'deb [signed-by=/usr/share/keyrings/x.gpg] http://mirror.example/debian bookworm main',
      'deb-src http://mirror.example/debian bookworm main',
      'deb http://mirror.example/debian trixie main',
      '# deb http://mirror.example/debian bookworm contrib',
    ].join('\n');
    const [picked] = pickDebianSources([{ name: '/etc/apt/sources.list', text }], 'bookworm');
    expect(picked?.text).toBe('deb [signed-by=/usr/share/keyrings/x.gpg] http://mirror.example/debian bookworm main\n');
  });

  it('leaves out disabled stanzas and files without any entry of the release', () => {
    const text = 'Enabled: no\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n';
    expect(pickDebianSources([{ name: 'a.sources', text }], 'bookworm')).toEqual([]);
  });
});
