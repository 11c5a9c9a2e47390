import { describe, expect, it } from 'vitest';
import { makeZip } from '../../testing/make-zip.ts';
import { withoutOuterFolder } from '../archive/without-outer-folder.ts';
import { type ContextFile, contextProblem, packContext, selectContext, unpackContext } from './build-context.ts';

const file = (path: string, text = path, executable = false): ContextFile => ({ path, bytes: new TextEncoder().encode(text), executable });
const paths = (files: readonly ContextFile[]) => files.map(({ path }) => path);

describe('a build context', () => {
  it('is without what .dockerignore leaves out, but with that file and the Dockerfile', () => {
    const files = [
      file('src/a.js'),
      file('node_modules/x/y.js'),
      file('Dockerfile'),
      file('.dockerignore', 'node_modules\nDockerfile\n.dockerignore'),
    ];
    expect(paths(selectContext(files, 'Dockerfile'))).toEqual(['.dockerignore', 'Dockerfile', 'src/a.js']);
    expect(paths(selectContext(files, null))).toEqual(['.dockerignore', 'src/a.js']);
  });

  it('comes out of its archive as it went in, and the archive is the same in whatever order', () => {
    const files = [
      file('b/run.sh', '#!/bin/sh', true),
      file('a'),
      { path: 'logo.png', bytes: new Uint8Array([0, 255, 0]), executable: false },
    ];
    const packed = packContext(files);
    expect(packContext(files.toReversed())).toEqual(packed);
    expect(unpackContext(packed)).toEqual({ ok: true, files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) });
  });

  it('is refused where it is too large, with its largest files, or has too many', () => {
    const large = [file('small'), { path: 'data/film.mp4', bytes: new Uint8Array(21 * 1024 * 1024), executable: false }];
    expect(contextProblem(large)).toBe('21 MiB, more than 20 MiB; the largest are data/film.mp4 (21 MiB), small (0 MiB)');
    expect(contextProblem(Array.from({ length: 2001 }, (_, index) => file(`f${index}`)))).toBe('2,001 files, more than 2,000');
    expect(contextProblem([file('a')])).toBeNull();
  });

  it('is not unpacked from what leads out of it, is a link, or is no archive', () => {
    const messages = [makeZip([{ name: '../a' }]), makeZip([{ name: 'a', mode: 0o120777 }]), new TextEncoder().encode('nothing')].map(
      (bytes) => {
        const unpacked = unpackContext(bytes);
        return unpacked.ok ? '' : unpacked.message;
      },
    );
    expect(messages).toEqual(['The entry “../a” leads out of the archive.', 'The entry “a” is a link.', 'The file is no zip archive.']);
  });

  it('is taken out of the one folder that all of it stands in', () => {
    expect(paths(withoutOuterFolder([file('web-1.2/Dockerfile'), file('web-1.2/src/a')]))).toEqual(['Dockerfile', 'src/a']);
    expect(paths(withoutOuterFolder([file('Dockerfile'), file('src/a')]))).toEqual(['Dockerfile', 'src/a']);
  });
});
