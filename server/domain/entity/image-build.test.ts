// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Dockerfiles write variables.
import { expect, it } from 'vitest';
import { missingSubstitutions, toImageBuild } from './image-build.ts';

const NOTHING = { base: 'debian:12', dockerfile: null, substitutions: {}, commands: [], env: {} };

it('builds nothing where nothing is installed', () => {
  expect(toImageBuild(NOTHING)).toBeNull();
});

it('runs the commands one after another on the base, with their own environment, whatever is in them', () => {
  const build = toImageBuild({ ...NOTHING, commands: ['echo "a"\n# b', "echo 'c'"], env: { SAY: "it's" } });
  const lines = build?.dockerfile.trimEnd().split('\n') ?? [];
  expect(lines[0]).toBe('FROM debian:12');
  expect(lines.slice(1).map((line) => JSON.parse(line.replace(/^RUN /, '')))).toEqual([
    ['/bin/sh', '-ec', `export SAY='it'\\''s'\necho "a"\n# b`],
    ['/bin/sh', '-ec', `export SAY='it'\\''s'\necho 'c'`],
  ]);
});

it('fills in what a Dockerfile leaves open, and tells what it does not know', () => {
  const dockerfile = 'ARG OWN\n# ${not.this}\nFROM debian:${version}\nRUN for f in a; do echo ${f} ${OWN} ${HOME}; done\n';
  const build = toImageBuild({ ...NOTHING, dockerfile, substitutions: { version: '12' }, commands: ['true'] });
  expect(build?.dockerfile).toBe(
    'ARG OWN\n# ${not.this}\nFROM debian:12\nRUN for f in a; do echo ${f} ${OWN} ${HOME}; done\nRUN ["/bin/sh","-ec","true"]\n',
  );
  expect(missingSubstitutions(dockerfile, { version: '12' })).toEqual([]);
  expect(missingSubstitutions(`${dockerfile}RUN echo \${entity.id}`, {})).toEqual(['version', 'entity.id']);
});
