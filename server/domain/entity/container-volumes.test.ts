import { describe, expect, it } from 'vitest';
import { anonymousPaths, hostFolders, toVolumeDefinitions, toVolumes, volumeDefinitions, volumes } from './container-volumes.ts';

describe('volumes of a container', () => {
  it('are texts, or maps with a source; without one they have no name', () => {
    const value = volumes.parse(['data:/data', { source: 'conf', target: '/etc/x', readOnly: true, noCopy: true }, { target: '/cache' }]);
    expect(toVolumes(value)).toEqual([
      { name: 'data', path: '/data', readOnly: false },
      { name: 'conf', path: '/etc/x', readOnly: true, noCopy: true },
    ]);
    expect(anonymousPaths(value)).toEqual(['/cache']);
  });

  it.each([
    ['./src:/src', 'absolute path of a folder of the host'],
    [{ source: '../x', target: '/x' }, 'needs a name'],
    [{ source: 'data', target: 'relative' }, 'absolute path'],
    [{ source: 'data', target: '/' }, 'whole file system'],
    [{ target: '/a/../b' }, '“..”'],
  ])('refuse %j', (value, problem) => {
    expect(volumes.safeParse([value]).error?.issues[0]?.message).toContain(problem);
  });

  it('are folders of the host where their source is a path', () => {
    const value = volumes.parse(['/srv/data:/data:ro', { source: '/run/docker.sock', target: '/run/docker.sock' }, 'own:/own']);
    expect(hostFolders(value)).toEqual([
      { source: '/srv/data', path: '/data', readOnly: true },
      { source: '/run/docker.sock', path: '/run/docker.sock', readOnly: false },
    ]);
    expect(toVolumes(value)).toEqual([{ name: 'own', path: '/own', readOnly: false }]);
  });

  it('lead to a path once', () => {
    expect(volumes.safeParse(['a:/data', { source: 'b', target: '/data/' }]).error?.issues[0]?.message).toContain('given twice');
  });
});

describe('volumes of an application', () => {
  it('are Docker’s own unless they say more', () => {
    expect(
      toVolumeDefinitions({ a: null, b: { driver: 'local' }, c: { options: { type: 'nfs', device: ':/x', o: 'addr=10.0.0.1' } } }),
    ).toEqual({
      a: {},
      b: {},
      c: { options: { type: 'nfs', device: ':/x', o: 'addr=10.0.0.1' } },
    });
  });

  it.each([
    { type: 'none', o: 'bind', device: '/' },
    { type: 'nfs', o: 'rbind,rw', device: '/etc' },
    { device: '/dev/sda1', type: 'ext4' },
  ])('refuse to be a folder or device of the host: %j', (options) => {
    expect(volumeDefinitions.safeParse({ a: { options } }).error?.issues[0]?.message).toContain('folder of the host');
  });
});
