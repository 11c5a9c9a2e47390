import { describe, expect, it } from 'vitest';
import { type BuildSource, withArtifacts } from './artifacts.ts';
import { askKey, askProblem, buildAsk, pathInContext } from './build-ask.ts';

describe('what a build asks for', () => {
  it.each([
    [{ 'docker.image.name': 'redis' }, null],
    [{ 'docker.dockerfile.contents': 'FROM x' }, null],
    [{ 'docker.build': { dockerfile_inline: 'FROM x' } }, null],
    [{ 'docker.build': { context: './web/' } }, 'web#Dockerfile'],
    [{ 'docker.build': { context: '.', dockerfile: './docker/Dockerfile' } }, '.#docker/Dockerfile'],
    [{ 'docker.build': { context: 'web' }, 'docker.dockerfile.contents': 'FROM x' }, 'web#'],
    [{ 'docker.build': { context: 'web' }, 'docker.dockerfile.url': 'other/Dockerfile' }, 'web#file:other/Dockerfile'],
    [{ 'docker.dockerfile.url': 'https://a.org/web.tgz' }, '#https://a.org/web.tgz'],
    [{ 'docker.build': { context: 'https://a.org/web.tgz' } }, 'https://a.org/web.tgz#Dockerfile'],
  ])('of %j is %s', (config, key) => {
    const ask = buildAsk(config);
    expect(ask && askKey(ask)).toBe(key);
    expect(askProblem(config)).toBeNull();
  });

  it.each([
    [{ 'docker.build': { context: '/srv/web' } }, 'path of one machine'],
    [{ 'docker.build': { context: 'git@github.com:a/b.git' } }, 'Nothing is read from there'],
    [{ 'docker.build': { context: 'https://github.com/a/b.git#main' } }, 'Repositories of Git'],
    [{ 'docker.dockerfile.url': 'https://ada:pw@a.org/Dockerfile' }, 'holds a login'],
    [{ 'docker.dockerfile.url': 'classpath://Dockerfile' }, 'Nothing is read from there'],
    [{ 'docker.dockerfile.url': 'Dockerfile', 'docker.dockerfile.contents': 'FROM x' }, 'both tell the Dockerfile'],
    [{ 'docker.build': { context: 'web', dockerfile: '../Dockerfile' } }, 'outside of the context'],
    [{ 'docker.build': { dockerfile: 'Dockerfile' } }, 'there is none'],
    [{ 'docker.build': { context: 'web' }, 'docker.image.name': 'redis' }, 'An image is given'],
  ])('of %j is refused: %s', (config, words) => expect(askProblem(config)?.message).toContain(words));
});

describe('a path in a context', () => {
  it.each([
    ['.', 'a/b', 'a/b'],
    ['.', '../a', null],
    ['web', 'web/a', 'a'],
    ['web', 'website/a', null],
    ['../web', '../web/a', 'a'],
    ['..', '../a', 'a'],
    ['..', '../../a', null],
  ])('from %s of %s is %s', (folder, path, inside) => expect(pathInContext(folder, path)).toBe(inside));
});

describe('config with its artifacts', () => {
  const kept = (source: BuildSource) => ({ sources: { 'web#Dockerfile': source }, rules: [{ id: 'https://a.org/', to: 'http://b/' }] });

  it('has the text of the Dockerfile and the hash of the files, with URLs rewritten', () => {
    const config = { 'docker.build': { context: 'web', args: { A: '1' } }, 'install.command': 'curl https://a.org/x' };
    const artifacts = kept({ context: 'h'.repeat(64), dockerfile: 'FROM x\nADD https://a.org/y /\n', path: 'Dockerfile' });
    expect(withArtifacts(config, artifacts)).toEqual({
      ok: true,
      config: {
        'docker.dockerfile.contents': 'FROM x\nADD http://b/y /\n',
        'docker.build': { args: { A: '1' }, context: 'h'.repeat(64), dockerfile: 'Dockerfile' },
        'install.command': 'curl http://b/x',
      },
    });
  });

  it('takes a Dockerfile that stands in it', () => {
    const config = { 'docker.build': { dockerfile_inline: 'FROM x' } };
    expect(withArtifacts(config, {})).toEqual({ ok: true, config: { 'docker.dockerfile.contents': 'FROM x', 'docker.build': {} } });
  });

  it('is none where nothing was kept, whatever hash is written there', () => {
    const config = { 'docker.build': { context: 'h'.repeat(64) } };
    expect(withArtifacts(config, {})).toMatchObject({ ok: false });
  });
});
