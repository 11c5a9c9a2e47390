import { describe, expect, it } from 'vitest';
import { baseImages } from './base-images.ts';
import { fullName, imageSource } from './image-source.ts';
import { isRegistryAddress, type Registry, serverOf } from './registry.ts';

const registry = (id: string, more: Partial<Registry> = {}): Registry => ({ id, insteadOf: [], setAt: 1, setBy: 'ada', ...more });
const withLogin = (id: string, more: Partial<Registry> = {}) => registry(id, { username: 'ada', sealed: 'x', ...more });
const sourceOf = (image: string, ...registries: readonly Registry[]) => imageSource(image, registries);

describe('the full name of an image', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['docker.io/nginx:1', 'docker.io/library/nginx:1'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['acme/web', 'docker.io/acme/web'],
    ['ghcr.io/acme/web@sha256:0', 'ghcr.io/acme/web@sha256:0'],
    ['localhost/web', 'localhost/web'],
    ['reg:5000/web', 'reg:5000/web'],
  ])('of %s is %s', (image, full) => expect(fullName(image)).toBe(full));
});

describe('where an image is fetched from', () => {
  it('is where its name says, with the login of the longest address that begins it', () => {
    const all = [withLogin('ghcr.io'), withLogin('ghcr.io/acme'), withLogin('docker.io')];
    expect(sourceOf('ghcr.io/acme/web:1', ...all)).toMatchObject({
      reference: 'ghcr.io/acme/web:1',
      isElsewhere: false,
      login: { id: 'ghcr.io/acme' },
    });
    expect(sourceOf('ghcr.io/acme-tools/x', ...all).login?.id).toBe('ghcr.io');
    expect(sourceOf('nginx', ...all).login?.id).toBe('docker.io');
    expect(sourceOf('quay.io/x', ...all).login).toBeUndefined();
  });

  it('is a mirror that stands for the longest beginning of its name, under the rest of it', () => {
    const all = [
      withLogin('mirror.local:5000/hub', { insteadOf: ['docker.io'] }),
      registry('mirror.local:5000/ours', { insteadOf: ['docker.io/acme', 'acme-old'] }),
    ];
    expect(sourceOf('nginx:1.27', ...all)).toMatchObject({
      reference: 'mirror.local:5000/hub/library/nginx:1.27',
      isElsewhere: true,
      login: { id: 'mirror.local:5000/hub' },
    });
    expect(sourceOf('acme/web@sha256:00', ...all)).toMatchObject({ reference: 'mirror.local:5000/ours/web@sha256:00', login: undefined });
    expect(sourceOf('acme-old/web', ...all).reference).toBe('mirror.local:5000/ours/web');
    expect(sourceOf('quay.io/x/y', ...all)).toMatchObject({ reference: 'quay.io/x/y', isElsewhere: false });
  });

  it('takes a whole image’s name as a beginning too, and is not rewritten twice', () => {
    const all = [registry('a.local', { insteadOf: ['docker.io/library/nginx'] }), registry('b.local', { insteadOf: ['a.local'] })];
    expect(sourceOf('nginx:1', ...all).reference).toBe('a.local:1');
    expect(sourceOf('docker.io/library/nginx-unprivileged', ...all).isElsewhere).toBe(false);
  });

  it('is another image for one tag alone, which others of its name do not follow', () => {
    const all = [registry('mirror.local/library/mariadb', { insteadOf: ['docker.io/library/mysql:5.7.5'] })];
    expect(sourceOf('mysql:5.7.5', ...all)).toMatchObject({ reference: 'mirror.local/library/mariadb', isElsewhere: true });
    expect(sourceOf('mysql:5.7.50', ...all).isElsewhere).toBe(false);
    expect(sourceOf('mysql:5.7', ...all).isElsewhere).toBe(false);
  });

  it('is that of the tag latest also where no tag is given', () => {
    const all = [registry('mirror.local/library/mariadb', { insteadOf: ['docker.io/library/mysql:latest'] })];
    expect(['mysql', 'mysql:latest'].map((image) => sourceOf(image, ...all).reference)).toEqual(
      Array(2).fill('mirror.local/library/mariadb'),
    );
    expect(['mysql:5.7', `mysql@sha256:${'a'.repeat(64)}`].map((image) => sourceOf(image, ...all).isElsewhere)).toEqual([false, false]);
  });

  it('has another key once the login was set anew', () => {
    const before = sourceOf('ghcr.io/x', withLogin('ghcr.io'));
    expect(sourceOf('ghcr.io/x', withLogin('ghcr.io')).key).toBe(before.key);
    expect(sourceOf('ghcr.io/x', withLogin('ghcr.io', { setAt: 2 })).key).not.toBe(before.key);
  });
});

describe('the address of a registry', () => {
  it.each(['ghcr.io', 'docker.io', 'localhost', 'localhost:5000', 'reg:5000', '10.0.0.1:5000/team/x'])('may be %s', (address) =>
    expect(isRegistryAddress(address)).toBe(true),
  );
  it.each(['', 'reg', 'https://ghcr.io', 'ghcr.io/', 'ghcr.io/A', 'ghcr.io/../x', 'u@ghcr.io', `${'a'.repeat(200)}.io`])(
    'is not %s',
    (address) => expect(isRegistryAddress(address)).toBe(false),
  );
  it('is that of its host for a login, and Docker Hub’s own', () => {
    expect([serverOf('ghcr.io/acme'), serverOf('docker.io')]).toEqual(['ghcr.io', 'https://index.docker.io/v1/']);
  });
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: this is how Dockerfiles write variables.
describe('images that a Dockerfile is built on', () => {
  it('are those of its stages, without stages, scratch and what is not known', () => {
    const text = 'FROM --platform=linux/amd64 golang:1 AS build\nRUN x\nfrom build as second\nFROM $X\nFROM scratch\nFROM nginx\n';
    expect(baseImages(text)).toEqual([
      { image: 'golang:1', platform: 'linux/amd64' },
      { image: 'nginx', platform: undefined },
    ]);
  });

  it('are named by arguments too: those of the build, and the defaults of what is declared before the first', () => {
    const text =
      'ARG TAG=1.27\nARG BASE="nginx:${TAG}"\nARG OTHER\nFROM $BASE\nARG LATE=1\nFROM debian:${LATE}\nFROM ${OTHER:-busybox}\nFROM ${OTHER}\n';
    const names = (args?: Readonly<Record<string, string>>) => baseImages(text, args).map(({ image }) => image);
    expect(names()).toEqual(['nginx:1.27', 'busybox']);
    expect(names({ TAG: '2', OTHER: 'alpine', UNDECLARED: 'x' })).toEqual(['nginx:2', 'alpine']);
  });

  it('are also those that files are copied from, whatever options and lines are in between', () => {
    const text =
      'FROM a AS one\nFROM b\nCOPY --from=one /x /x\nCOPY --from=0 /x /x\n# no\nCOPY --chown=1:1 \\\n  --from=quay.io/c:1 /x /x\nCOPY --from=$D /x /x\nCOPY x --from=e\n';
    expect(baseImages(text).map(({ image }) => image)).toEqual(['a', 'b', 'quay.io/c:1']);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: this is how Dockerfiles write variables.
