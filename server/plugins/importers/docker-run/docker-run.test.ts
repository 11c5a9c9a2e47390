// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how shells write variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { convertBlueprint } from '../../../domain/blueprint/convert-blueprint.ts';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { planOf } from '../../../testing/blueprint-types.ts';
import { loadPlugins } from '../../registry.ts';
import { RUN_FLAGS } from './run-flags.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const read = (text: string, more: Partial<BlueprintInput> = {}) => planApplication({ text, ...more }, library);
const services = (text: string, more: Partial<BlueprintInput> = {}) => planOf(read(text, more)).root.children;
const configOf = (text: string, more: Partial<BlueprintInput> = {}) => services(text, more)[0]?.config ?? {};
const findings = (text: string) => read(text).diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`.trim());

describe('docker run', () => {
  it('becomes a service with the name, ports, variables and volumes of the command', () => {
    const text = `docker run -d --name web -p 8080:80 -p 127.0.0.1:53:53/udp \\
  -e A=1 --env 'B=two words' -e "C=it's" \\
  -v data:/var/lib/data:ro --restart unless-stopped \\
  --memory=512m --cpus 0.5 nginx:1.25 nginx -g 'daemon off;'
`;
    const [web] = services(text);
    expect(web).toMatchObject({ planId: 'web', type: 'docker-container' });
    expect(web?.config).toEqual({
      'docker.image.name': 'nginx:1.25',
      'docker.image.commands': ['nginx', '-g', 'daemon off;'],
      'docker.container.environment': { A: '1', B: 'two words', C: "it's" },
      'docker.container.portBindings': ['8080:80', '127.0.0.1:53:53/udp'],
      'docker.container.volumes': ['data:/var/lib/data:ro'],
      'docker.container.networks': ['default'],
      'docker.container.restartPolicy': 'unless-stopped',
      'docker.cpus': 0.5,
      'docker.memory': '512m',
    });
    expect(planOf(read(text)).root.config).toEqual({ 'docker.volumes': { data: {} } });
    expect(read(text)).toMatchObject({ plan: { format: 'docker-run' }, diagnostics: [] });
  });

  it.each([
    ['sudo docker run nginx'],
    ['$ docker run nginx'],
    ['# a comment\n\ndocker container run nginx'],
    ['DOCKER_BUILDKIT=1 sudo -E docker --context far run nginx'],
    ['/usr/bin/docker run nginx'],
    ['podman run nginx'],
    ['docker create nginx'],
    ['docker run nginx # as in the readme'],
    ['docker \\\r\n  run \\\r\n  nginx\r\n'],
  ])('is recognised in %j', (text) => {
    expect(configOf(text)['docker.image.name']).toBe('nginx');
  });

  it.each([['docker: yes\n'], ['services: []\n'], ['dockerfile\n'], ['']])('is not seen in %j', (text) => {
    const result = read(text);
    expect(result.ok ? result.plan.format : result.partial?.format).not.toBe('docker-run');
  });

  it('takes short flags together, with their values attached or after them', () => {
    const config = configOf('docker run -itd -p8080:80 -eA=1 -e=B=2 -w=/srv -u 1000:1000 nginx');
    expect(config).toMatchObject({
      'docker.container.stdinOpen': true,
      'docker.container.tty': true,
      'docker.container.portBindings': ['8080:80'],
      'docker.container.environment': { A: '1', B: '2' },
      'docker.container.workingDir': '/srv',
      'docker.container.user': '1000:1000',
    });
  });

  it('several times becomes several services, on the networks and volumes that the commands make', () => {
    const text = `docker network create shop
docker volume create data
docker run -d --name db --network shop --network-alias database -v data:/data postgres:16
docker run -d --network shop --link db:sql wordpress; docker run wordpress`;
    const found = services(text);
    expect(found.map(({ planId }) => planId)).toEqual(['db', 'wordpress', 'wordpress-2']);
    expect(found[0]?.config['docker.container.networks']).toEqual([{ name: 'shop', aliases: ['database'] }]);
    expect(found[0]?.config['docker.container.aliases']).toEqual(['sql']);
    expect(found[1]?.config['docker.container.networks']).toEqual(['shop']);
    expect(found[1]?.dependsOn).toEqual([{ on: 'db', condition: 'started' }]);
    expect(planOf(read(text)).root.config).toEqual({ 'docker.networks': { shop: {} }, 'docker.volumes': { data: {} } });
  });

  it('takes flags with parts of their own', () => {
    const config = configOf(
      `docker run --mount type=volume,source=data,target=/data,readonly --mount type=tmpfs,dst=/run,tmpfs-size=64m --tmpfs /tmp:size=1m
  --health-cmd 'curl -f localhost' --health-interval 10s --health-retries 5
  --log-driver json-file --log-opt max-size=10m --log-opt max-file=3
  --ulimit nofile=1024:2048 --ulimit nproc=64 --stop-timeout 30 --entrypoint '' --add-host 'a:1.2.3.4' nginx`.replaceAll('\n', ' \\\n'),
    );
    expect(config).toMatchObject({
      'docker.container.volumes': ['data:/data:ro'],
      'docker.container.tmpfs': ['/tmp:size=1m', '/run:size=64m'],
      'docker.container.healthcheck': { test: 'curl -f localhost', interval: '10s', timeout: '30s', retries: 5 },
      'docker.container.logging': { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
      'docker.container.ulimits': { nofile: { soft: 1024, hard: 2048 }, nproc: { soft: 64, hard: 64 } },
      'stop.timeout': '30s',
      'docker.image.entrypoint': [],
      'docker.container.extraHosts': { a: '1.2.3.4' },
    });
  });

  it('puts variables in, and takes the folder of the shell for that of the text', () => {
    const files = { 'site/index.html': '<p>hello</p>' };
    const text =
      'docker run -e "HOST=$HOST" -e \'RAW=$HOST\' -v "$(pwd)/site:/site:ro" -v $PWD/site:/again:ro -v ${PWD}/site:/more:ro nginx';
    const config = configOf(text, { variables: { HOST: 'example.org' }, files });
    expect(config['docker.container.environment']).toEqual({ HOST: 'example.org', RAW: '$HOST' });
    expect(Object.keys(config['docker.container.files'] ?? {})).toEqual(['/site/index.html', '/again/index.html', '/more/index.html']);
  });

  it('reads the files of --env-file that came with it', () => {
    expect(configOf('docker run --env-file ./web.env nginx', { files: { 'web.env': 'A=1' } })['docker.container.environment']).toEqual({
      A: '1',
    });
  });

  it.each([
    ['docker run --privileged nginx', 'error host-access --privileged'],
    ['docker run --network host nginx', 'error host-access --network'],
    ['docker run -v /:/host nginx', 'error host-access -v'],
    ['docker run -v /var/run/docker.sock:/var/run/docker.sock nginx', 'error host-access -v'],
    ['docker run --cap-add SYS_ADMIN nginx', 'error host-access --cap-add'],
    ['docker run --pid=host nginx', 'error host-access --pid'],
    ['docker run --gpus all nginx', 'error compose-dangerous --gpus'],
    ['docker run -P nginx', 'error compose-unsupported -P'],
    ['docker run --rm nginx', 'info compose-note --rm'],
    ['docker run --cidfile x nginx', 'warning compose-no-effect --cidfile'],
    ['docker run --blkio-weight 10 nginx', 'warning compose-no-effect --blkio-weight'],
    ['docker run --memory lots nginx', 'error compose-value --memory'],
    ['docker run --mount type=volume,sorce=a nginx', 'error compose-value --mount'],
    ['docker run -p 99999:80 nginx', 'error compose-port -p'],
    ['docker run --pubish 80 nginx', 'error compose-key-unknown --pubish'],
    ['docker run -Z nginx', 'error compose-key-unknown -Z'],
    ['docker run -d', 'error compose-file-format'],
    ['docker run nginx --name', null],
    ['docker run --name', 'error compose-file-format --name'],
    ['docker run "nginx', 'error compose-file-format'],
    ['docker run -e A=$(date) nginx', 'error compose-file-format'],
    ['docker run -e A=$NONE nginx', 'error compose-variable-unset'],
    ['docker run nginx > log', 'error compose-file-format'],
    ['docker ps', 'warning compose-no-effect'],
    ['docker run Nginx', 'error image-invalid --name'],
  ])('says of %s what is wrong or without effect', (text, finding) => {
    if (finding === null) expect(findings(text)).toEqual([]);
    else expect(findings(text).some((line) => line.startsWith(finding.replace(/ --name$/, '')))).toBe(true);
  });

  it('tells the place of a flag in a text of several lines', () => {
    const [finding] = read('docker run \\\n  --name web \\\n  --memory lots \\\n  nginx').diagnostics;
    expect(finding).toMatchObject({ line: 3, column: 12, message: '“--memory” needs a size such as 512m or 1gb, not “lots”.' });
  });

  it('says of commands that run nothing that they do not', () => {
    expect(findings('docker pull nginx\nmkdir data\ndocker run nginx')).toEqual(['info compose-note', 'warning compose-no-effect']);
  });

  it('is refused when it is too long', () => {
    expect(findings(`docker run -e A=${'x'.repeat(200_000)} nginx`)).toEqual(['error too-large']);
  });

  it.each(['camp', 'compose'] as const)('is exported as %s that gives the same containers', (to) => {
    const text = 'docker run -d --name web -p 8080:80 -v data:/data -e A=1 nginx:1.25 nginx -g "daemon off;"';
    const converted = convertBlueprint({ text }, to, library);
    expect(services(converted.text ?? '')).toEqual(services(text));
  });

  it('knows a word of Compose, a reason or a reader for each flag', () => {
    for (const [name, flag] of Object.entries(RUN_FLAGS)) {
      const value = flag.kind === 'flag' || ('value' in flag && !flag.value) ? '' : '=1';
      expect(
        read(`docker run --${name}${value} nginx`).diagnostics.map(({ code }) => code),
        name,
      ).not.toContain('compose-key-unknown');
    }
  });

  it('is read without an exception, whatever it is', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'docker',
        'run',
        'nginx',
        '\\\n',
        '\n',
        ';',
        '"',
        "'",
        '$(',
        '$A',
        '${',
        '`',
        '=',
        '--',
        '-',
        ' ',
        '>',
        'network create',
      ),
      fc.constantFrom(...Object.keys(RUN_FLAGS)).map((name) => `--${name}`),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const text = `docker run ${words.join(' ')}`;
        for (const { line } of read(text).diagnostics) expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });
});
