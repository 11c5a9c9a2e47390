import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip } from '../../testing/make-zip.ts';
import { ownAddress } from '../../testing/own-address.ts';
import { createSourceFetcher } from './create-source-fetcher.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'clocker-artifacts-'));
const fetcher = createSourceFetcher(path.join(folder, 'artifacts'));
let server: Server;
let base: string;
let port: number;
const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  port = (server.address() as AddressInfo).port;
  base = `http://${ownAddress()}:${port}`;
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

const gives = (path: string, bytes: string | Uint8Array) => void answers.set(path, (_, response) => response.end(bytes));
const leads = (path: string, to: string) => void answers.set(path, (_, response) => response.writeHead(302, { location: to }).end());

async function tar(entries: readonly (readonly [Parameters<ReturnType<typeof pack>['entry']>[0], string?])[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, content] of entries) archive.entry(header, content ?? '');
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what a URL gives', () => {
  it('is a file as it is, also behind redirects', async () => {
    gives('/Dockerfile', 'FROM debian\n');
    leads('/a', '/b');
    leads('/b', `${base}/Dockerfile`);
    expect(await fetcher.fetch(`${base}/a`)).toEqual({ kind: 'file', bytes: Buffer.from('FROM debian\n') });
  });

  it('is the files of an archive, by what its bytes say: tar, tar.gz, zip', async () => {
    const made = await tar([
      [{ name: 'web/Dockerfile' }, 'FROM debian\n'],
      [{ name: 'web/src', type: 'directory' }],
      [{ name: 'web/run.sh', mode: 0o755 }, '#!/bin/sh\n'],
      [{ name: 'web/go.sh', type: 'symlink', linkname: './run.sh' }],
    ]);
    const files = [
      { path: 'web/Dockerfile', bytes: Buffer.from('FROM debian\n'), executable: false },
      { path: 'web/run.sh', bytes: Buffer.from('#!/bin/sh\n'), executable: true },
      { path: 'web/go.sh', bytes: Buffer.from('#!/bin/sh\n'), executable: true },
    ];
    gives('/web.tar', made);
    gives('/web.tgz', gzipSync(made));
    gives('/web.zip', makeZip([{ name: 'Dockerfile', content: 'FROM debian\n' }]));
    expect(await fetcher.fetch(`${base}/web.tar`)).toEqual({ kind: 'archive', files });
    expect(await fetcher.fetch(`${base}/web.tgz`)).toEqual({ kind: 'archive', files });
    expect(await fetcher.fetch(`${base}/web.zip`)).toEqual({
      kind: 'archive',
      files: [{ path: 'Dockerfile', bytes: bytes('FROM debian\n'), executable: false }],
    });
  });

  it.each([
    ['a link that leads out', [[{ name: 'a', type: 'symlink', linkname: '../../etc/passwd' }]], 'no file of the archive'],
    ['a path that leads out', [[{ name: '../a' }, 'x']], 'leads out of the archive'],
    ['a device', [[{ name: 'null', type: 'character-device' }]], 'no plain file'],
    ['a program that runs as root', [[{ name: 'su', mode: 0o4755 }, 'x']], 'setuid'],
  ] as const)('is refused where an archive holds %s', async (_, entries, words) => {
    gives('/bad.tar', await tar(entries as never));
    expect(await fetcher.fetch(`${base}/bad.tar`)).toMatchObject({ kind: 'failed', why: expect.stringContaining(words) });
  });

  it('is refused where it is cut off, or packed as is not read', async () => {
    gives('/cut.tgz', gzipSync(Buffer.alloc(5000, 1)).subarray(0, 20));
    gives('/web.tar.xz', new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]));
    gives('/text.gz', gzipSync('FROM debian'));
    gives('/bomb.gz', gzipSync(Buffer.alloc(65 * 1024 * 1024)));
    const why = async (path: string) => {
      const source = await fetcher.fetch(`${base}${path}`);
      return source.kind === 'failed' ? source.why : source.kind;
    };
    expect([await why('/cut.tgz'), await why('/web.tar.xz'), await why('/text.gz'), await why('/bomb.gz')]).toEqual([
      'is damaged',
      'is packed by xz, which is not read',
      'is packed by gzip and is no tar archive',
      'unpacks to more than 64 MiB',
    ]);
  });
});

describe('what is not fetched', () => {
  const why = async (url: string) => {
    const source = await fetcher.fetch(url);
    return source.kind === 'failed' ? source.why : source.kind;
  };

  it('is told with its status, or why nothing came', async () => {
    expect(await why(`${base}/nothing`)).toBe('is answered with 404 Not Found');
    expect(await why('http://nowhere.invalid/x')).toMatch(/cannot be fetched: .*nowhere\.invalid/);
  });

  it('is this machine itself, by whatever name or redirect', async () => {
    gives('/secret', 'secret');
    leads('/inside', `http://127.0.0.1:${port}/secret`);
    leads('/metadata', 'http://169.254.169.254/latest/meta-data/');
    for (const url of [`http://127.0.0.1:${port}/secret`, `http://localhost:${port}/secret`, `http://2130706433:${port}/secret`])
      expect(await why(url)).toContain('is not fetched');
    expect(await why(`http://[::ffff:127.0.0.1]:${port}/secret`)).toContain('is not fetched');
    expect(await why(`${base}/inside`)).toContain('is not fetched: 127.0.0.1');
    expect(await why(`${base}/metadata`)).toContain('is not fetched: 169.254.169.254');
  });

  it('is what leads elsewhere again and again, to a file, or to a login', async () => {
    leads('/loop', '/loop');
    leads('/file', 'file:///etc/passwd');
    leads('/login', `http://ada:pw@${new URL(base).host}/Dockerfile`);
    expect(await why(`${base}/loop`)).toBe('leads elsewhere more than 3 times');
    expect(await why(`${base}/file`)).toBe('leads to what is not http or https');
    expect(await why(`${base}/login`)).toBe('leads to a URL that holds a login');
  });

  it('is larger than it may be, whether its head says so or not', async () => {
    answers.set('/large', (_, response) => response.writeHead(200, { 'content-length': String(65 * 1024 * 1024) }).end('x'));
    answers.set('/endless', (_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
      };
      response.on('drain', write);
      write();
    });
    expect(await why(`${base}/large`)).toBe('is larger than 64 MiB');
    expect(await why(`${base}/endless`)).toBe('is larger than 64 MiB');
  });
});

describe('the folder of artifacts', () => {
  const missing = { kind: 'failed', why: 'is not in the folder of artifacts' };
  const inside = (name: string) => path.join(folder, 'artifacts', name);

  it('gives its files and archives as a URL would, also behind links that stay in it', async () => {
    expect(await fetcher.artifact('db/schema.sql')).toMatchObject(missing);
    mkdirSync(inside('db'), { recursive: true });
    writeFileSync(inside('db/schema.sql'), 'SELECT 1;');
    writeFileSync(inside('site.tar.gz'), gzipSync(await tar([[{ name: 'Dockerfile' }, 'FROM debian']])));
    symlinkSync('db/schema.sql', inside('latest.sql'));
    expect(await fetcher.artifact('db/schema.sql')).toEqual({ kind: 'file', bytes: Buffer.from('SELECT 1;') });
    expect(await fetcher.artifact('latest.sql')).toEqual({ kind: 'file', bytes: Buffer.from('SELECT 1;') });
    expect(await fetcher.artifact('site.tar.gz')).toMatchObject({ kind: 'archive', files: [{ path: 'Dockerfile' }] });
  });

  it('gives nothing that is outside of it, and no folder', async () => {
    writeFileSync(path.join(folder, 'plane.key'), 'secret');
    symlinkSync(path.join(folder, 'plane.key'), inside('key'));
    symlinkSync('/', inside('root'));
    for (const name of ['../plane.key', 'key', 'root/etc/hostname', 'db', 'db/../../plane.key', '.', '']) {
      expect(await fetcher.artifact(name)).toMatchObject(missing);
    }
  });
});
