import { expect, it } from 'vitest';
import { unpackContext } from '@/server/domain/build/build-context.ts';
import { bringContexts } from './bring-contexts.ts';

const blob = (...bytes: readonly number[]) => new Blob([new Uint8Array(bytes)]);

function server() {
  const brought: { readonly files: unknown; readonly over: string | undefined }[] = [];
  return {
    brought,
    put: async ({ archive, over }: { readonly archive: string; readonly over?: string }) => {
      const unpacked = unpackContext(Uint8Array.from(atob(archive), (character) => character.charCodeAt(0)));
      brought.push({
        files: unpacked.ok ? unpacked.files.map(({ path, executable }) => `${path}${executable ? '*' : ''}`) : unpacked,
        over,
      });
      return { hash: `hash-${brought.length}` };
    },
  };
}

it('brings what is no text in each folder that an image is built from, over what the server has of it', async () => {
  const { brought, put } = server();
  const binaries = new Map([
    ['web/logo.png', blob(0x89, 0xff)],
    ['web/bin/run', blob(0x7f, 0x45, 0x4c, 0x46)],
    ['api/data', blob(0)],
    ['gone.png', blob(0)],
    ['elsewhere.png', blob(0)],
  ]);
  const request = { text: 'x', binaryFiles: ['web/logo.png', 'web/bin/run', 'api/data', 'elsewhere.png'], contexts: { api: 'before' } };
  const sent = await bringContexts(request, { folders: ['web', 'api'], binaries, put });
  expect(sent).toEqual({ ...request, contexts: { web: 'hash-1', api: 'hash-2' } });
  expect(brought).toEqual([
    { files: ['bin/run*', 'logo.png'], over: undefined },
    { files: ['data'], over: 'before' },
  ]);
});

it('brings nothing where no image is built, or nothing was opened', async () => {
  const { brought, put } = server();
  const request = { text: 'x', binaryFiles: ['a.png'] };
  expect(await bringContexts(request, { folders: [], binaries: new Map([['a.png', blob(0)]]), put })).toBe(request);
  expect(await bringContexts(request, { folders: ['.'], binaries: new Map(), put })).toBe(request);
  expect(brought).toEqual([]);
});
