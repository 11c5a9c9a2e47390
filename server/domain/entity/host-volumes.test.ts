import { describe, expect, it } from 'vitest';
import { archivesOf, foldersOfHost, hostVolumes } from './host-volumes.ts';

describe('host volumes', () => {
  it('are folders of the host by their path, and archives by all else', () => {
    const given = hostVolumes.parse({ '/srv/b': '/b', 'https://x.example/static.tgz': '/opt/www', pages: '/opt/pages' });
    expect(foldersOfHost(given)).toEqual([{ source: '/srv/b', path: '/b', readOnly: false }]);
    expect(archivesOf(given)).toEqual([
      { source: 'https://x.example/static.tgz', path: '/opt/www', unpack: true },
      { source: 'pages', path: '/opt/pages', unpack: true },
    ]);
  });

  it.each(['opt', '/', '//', '/a/../b', '/a:b'])('do not go to %s', (path) => {
    expect(hostVolumes.safeParse({ pages: path }).success).toBe(false);
  });
});
