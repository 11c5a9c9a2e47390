import { z } from 'zod';
import { BUILD, buildConfig, DOCKERFILE_TEXT, DOCKERFILE_URL, dockerfileText, SUBSTITUTIONS } from '../../domain/build/build-ask.ts';
import { isEmpty, toTexts } from '../../domain/entity/config-texts.ts';
import {
  argv,
  containerPort,
  environment,
  healthcheck,
  imageName,
  imageTag,
  SHARED_CONTAINER_FLAGS,
  sharedContainerShape,
  toArgv,
  toBaseSpec,
  toHealthcheck,
  toImage,
} from '../../domain/entity/container-config.ts';
import { files, toFiles } from '../../domain/entity/container-files.ts';
import { addLimitIssues } from '../../domain/entity/container-limits.ts';
import { OPTION_FLAGS, optionShape, toOptions } from '../../domain/entity/container-options.ts';
import { addPortIssues, bindings, openPorts, toPorts } from '../../domain/entity/container-ports.ts';
import { CONTAINER_SENSORS, containerSensors } from '../../domain/entity/container-sensors.ts';
import type { ContainerSpec, ReadinessProbe } from '../../domain/entity/container-spec.ts';
import { toVolumes, volumes } from '../../domain/entity/container-volumes.ts';
import { HOST_VOLUMES } from '../../domain/entity/host-access.ts';
import { hostVolumes } from '../../domain/entity/host-volumes.ts';
import { type ImageBuild, missingSubstitutions, toImageBuild } from '../../domain/entity/image-build.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { LINKS_KEY, links } from '../../domain/entity/links.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { PROCESS_CONFIG, PROCESS_FLAGS } from '../../domain/entity-types/process-config.ts';
import { holdsSecret } from '../../domain/shared/concealed.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const readiness = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('running') }),
    z.strictObject({ kind: z.literal('healthcheck') }),
    z.strictObject({ kind: z.literal('tcp'), port: containerPort }),
    z.strictObject({
      kind: z.literal('http'),
      port: containerPort,
      path: z
        .string()
        .regex(/^\/\S*$/, 'needs a path that begins with /')
        .default('/'),
    }),
    z.strictObject({ kind: z.literal('exec'), command: argv }),
  ])
  .meta({
    title: 'Readiness',
    description: 'How it is told that the container serves. Unless given: its health check, else its first port, else that it runs.',
  });

const INSTALLED_BY = ['pre.install.command', 'install.command', 'post.install.command'] as const;
const DOCKERFILE_OF = [BUILD, DOCKERFILE_TEXT, SUBSTITUTIONS] as const;

/** Of a shell. */
const command = z.string('needs a command').min(1).max(50_000);

const config = z
  .looseObject({
    ...PROCESS_CONFIG,
    'docker.image.name': imageName
      .optional()
      .meta({ title: 'Image', description: 'Such as redis:7 or registry.example.org:5000/team/app:1.2' }),
    [BUILD]: buildConfig.optional().meta({
      title: 'Build',
      description:
        'As in Compose: context, a folder that came with the blueprint or the URL of an archive, dockerfile, args, target, labels.',
    }),
    [DOCKERFILE_URL]: z.string('needs a URL or a path').min(1, 'needs a URL or a path').max(4096).optional().meta({
      title: 'Dockerfile from',
      description: 'A file that came with the blueprint, or the URL of a Dockerfile or of an archive that has one at its root.',
    }),
    [DOCKERFILE_TEXT]: dockerfileText
      .optional()
      .meta({ title: 'Dockerfile', description: 'Its text: the image is built on each host that needs it.' }),
    [SUBSTITUTIONS]: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({
        title: 'Substitutions',
        description: 'Put for their names in the Dockerfile, where those stand in braces after a dollar sign.',
      }),
    'pre.install.command': command.optional().meta({ title: 'Before the install' }),
    'install.command': command
      .optional()
      .meta({ title: 'Install', description: 'Run on the image once on each host; the result is kept and used again.' }),
    'post.install.command': command.optional().meta({ title: 'After the install' }),
    'shell.env': environment.optional().meta({ title: 'Environment of the install', description: 'Of these commands alone.' }),
    'launch.command': command.optional().meta({ title: 'Launch', description: 'Run by a shell, instead of the image’s own command.' }),
    'docker.image.tag': imageTag.optional().meta({ title: 'Tag', description: 'When the image does not say it.' }),
    'docker.image.pullPolicy': z
      .enum(['missing', 'always', 'never'])
      .default('missing')
      .meta({ title: 'Pull policy', description: 'always: asks the registry before each new container. never: only what the host has.' }),
    'docker.image.entrypoint': argv.optional().meta({ title: 'Entrypoint', description: 'Instead of the image’s.' }),
    'docker.image.commands': argv.optional().meta({ title: 'Command', description: 'Instead of the image’s.' }),
    'docker.container.environment': environment.optional().meta({ title: 'Environment', description: 'Variables of the process.' }),
    'docker.container.openPorts': openPorts
      .optional()
      .meta({ title: 'Open ports', description: 'Ports led to from a free port of the host.' }),
    'docker.container.directPorts': openPorts
      .optional()
      .meta({ title: 'Direct ports', description: 'Ports led to from the same port of the host.' }),
    'docker.container.portBindings': bindings
      .optional()
      .meta({ title: 'Port bindings', description: 'Port of the host: port of the container.' }),
    [LINKS_KEY]: links.optional().meta({
      title: 'Links',
      description: 'Alias: the service it names. Gives variables such as DB_PORT_5432_TCP_ADDR, and the alias as a name.',
    }),
    'docker.container.volumes': volumes.optional().meta({ title: 'Volumes', description: 'Named volumes, name:/path.' }),
    [HOST_VOLUMES]: hostVolumes.optional(),
    'docker.container.files': files.optional().meta({ title: 'Files', description: 'Path: content, written before it starts.' }),
    'docker.container.secrets': files
      .optional()
      .meta({ title: 'Secret files', description: 'As files, with mode 444; what is in them is never shown.' }),
    'docker.container.healthcheck': healthcheck.optional().meta({ title: 'Health check', description: 'Run by Docker in the container.' }),
    'docker.container.user': z.union([z.string().regex(/^[\w.-]+(?::[\w.-]+)?$/, 'needs a user or user:group'), z.int().min(0)]).optional(),
    'docker.container.hostname': z
      .string()
      .regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?$/, 'needs letters, digits, “-”, “_” and “.”, at most 63')
      .optional(),
    'docker.container.readOnly': z
      .boolean()
      .default(false)
      .meta({ title: 'Read-only', description: 'Nothing but volumes can be written.' }),
    readiness: readiness.optional(),
    ...optionShape,
    ...sharedContainerShape,
  })
  .superRefine((value, context) => {
    const image = value['docker.image.name'];
    const dockerfile = value[DOCKERFILE_TEXT];
    if (image === undefined && dockerfile === undefined && value[DOCKERFILE_URL] === undefined && !tellsWhatToBuild(value[BUILD])) {
      context.addIssue({ code: 'custom', path: ['docker.image.name'], message: 'is needed: an image such as redis:7' });
    }
    if (image !== undefined && dockerfile !== undefined) {
      context.addIssue({ code: 'custom', path: [DOCKERFILE_TEXT], message: 'is given, and an image as well' });
    }
    const [missing] = missingSubstitutions(dockerfile ?? '', toTexts(value[SUBSTITUTIONS] ?? {}));
    if (missing !== undefined) {
      const message = `holds \${${missing}}, which no substitution gives`;
      context.addIssue({ code: 'custom', path: [DOCKERFILE_TEXT], message });
    }
    const commands = INSTALLED_BY.filter((key) => value[key] !== undefined);
    if (commands[0] !== undefined && value[BUILD]?.target !== undefined) {
      const message = 'is run on the last stage of the Dockerfile, and “target” makes an image of another: write it into the Dockerfile';
      context.addIssue({ code: 'custom', path: [commands[0]], message });
    }
    const built = [...DOCKERFILE_OF, ...commands, ...(commands.length > 0 ? (['shell.env'] as const) : [])];
    const told = built.find((key) => holdsSecret(JSON.stringify(value[key] ?? '')));
    if (told !== undefined) {
      const message = 'holds a secret, which would stay in the image for everybody: give it to the container, as environment or as a file';
      context.addIssue({ code: 'custom', path: [told], message });
    }
    if (value['launch.command'] !== undefined && value['docker.image.commands'] !== undefined) {
      context.addIssue({ code: 'custom', path: ['launch.command'], message: 'is given, and a command of the image as well' });
    }
    if (image !== undefined && value['docker.image.tag'] !== undefined && toImage(image, 'tag') === image) {
      context.addIssue({ code: 'custom', path: ['docker.image.tag'], message: 'is given, and the image says its own' });
    }
    addPortIssues(value, context);
    addLimitIssues(value, context);
    if (value['docker.container.networkMode'] !== undefined && !isEmpty(value['docker.container.networks'])) {
      context.addIssue({ code: 'custom', path: ['docker.container.networkMode'], message: 'is given, and networks to join as well' });
    }
    if (value['docker.container.networkMode'] === 'host' && toPorts(value).length > 0) {
      const message = 'is host, where every port is one of the host: remove the ports';
      context.addIssue({ code: 'custom', path: ['docker.container.networkMode'], message });
    }
    const both = Object.keys(value['docker.container.secrets'] ?? {}).find((path) => path in (value['docker.container.files'] ?? {}));
    if (both !== undefined)
      context.addIssue({ code: 'custom', path: ['docker.container.secrets', both], message: 'is one of the files as well' });
  });

type Config = z.infer<typeof config>;

/** Any image. `docker:IMAGE` in a blueprint is this type. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'docker-container',
  title: 'Container',
  description: 'A container of any image.',
  icon: 'container',
  aliases: classNames(
    'org.apache.brooklyn.container.entity.docker.DockerContainer',
    'brooklyn.entity.container.docker.application.VanillaDockerApplication',
    'clocker.docker.entity.container.application.VanillaDockerApplication',
    // The talk's name, and those of Clocker 1.x's small applications.
    'brooklyn.entity.container.docker.application.DockerfileApplication',
    'clocker.docker.entity.microservice.MicroserviceImage',
    'clocker.docker.entity.microservice.MicroserviceDockerfile',
  ),
  kind: 'container',
  config,
  secretKeys: ['docker.container.secrets'],
  ...notesFromImage(config),
  flags: {
    ...PROCESS_FLAGS,
    ...SHARED_CONTAINER_FLAGS,
    ...OPTION_FLAGS,
    imageName: 'docker.image.name',
    image: 'docker.image.name',
    imageTag: 'docker.image.tag',
    entrypoint: 'docker.image.entrypoint',
    commands: 'docker.image.commands',
    command: 'docker.image.commands',
    env: 'docker.container.environment',
    openPorts: 'docker.container.openPorts',
    directPorts: 'docker.container.directPorts',
    portBindings: 'docker.container.portBindings',
    volumes: 'docker.container.volumes',
    files: 'docker.container.files',
    healthcheck: 'docker.container.healthcheck',
    user: 'docker.container.user',
    hostname: 'docker.container.hostname',
    links: LINKS_KEY,
    readOnly: 'docker.container.readOnly',
  },
  sensors: CONTAINER_SENSORS,
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec,
    readiness: toReadiness,
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 120_000,
    links: (value) => value[LINKS_KEY] ?? {},
    sensors: ({ instance, host }) => containerSensors(instance, host),
  },
};

function toSpec(value: Config): ContainerSpec {
  const launch = value['launch.command'];
  const entrypoint = launch === undefined ? value['docker.image.entrypoint'] : ['/bin/sh', '-c', launch];
  const command = value['docker.image.commands'];
  const build = toBuild(value);
  const check = value['docker.container.healthcheck'];
  const user = value['docker.container.user'];
  const base = toBaseSpec(toImage(value['docker.image.name'] ?? '', value['docker.image.tag']), value);
  const options = { ...base.options, ...toOptions(value) };
  return {
    ...base,
    entrypoint: entrypoint === undefined ? null : toArgv(entrypoint),
    command: command === undefined ? null : toArgv(command),
    env: toTexts(value['docker.container.environment'] ?? {}),
    ports: toPorts(value),
    volumes: toVolumes(value['docker.container.volumes'] ?? []),
    files: [...toFiles(value['docker.container.files'] ?? {}), ...toFiles(value['docker.container.secrets'] ?? {}, 0o444)],
    hostname: value['docker.container.hostname'] ?? null,
    user: user === undefined ? null : String(user),
    readOnly: value['docker.container.readOnly'],
    healthcheck: check === undefined ? null : toHealthcheck(check),
    ...(isEmpty(options) ? {} : { options }),
    ...(build === null ? {} : { build }),
  };
}

function tellsWhatToBuild(build: Config[typeof BUILD]): boolean {
  return build?.context !== undefined || build?.dockerfile_inline !== undefined;
}

/** A Dockerfile that is not there yet is empty here: nothing is built before it was gathered. */
function toBuild(value: Config): ImageBuild | null {
  const image = value['docker.image.name'];
  const build = value[BUILD];
  const isElsewhere = image === undefined ? '' : null;
  return toImageBuild({
    base: image === undefined ? null : toImage(image, value['docker.image.tag']),
    dockerfile: value[DOCKERFILE_TEXT] ?? build?.dockerfile_inline ?? isElsewhere,
    substitutions: toTexts(value[SUBSTITUTIONS] ?? {}),
    commands: INSTALLED_BY.flatMap((key) => value[key] ?? []),
    env: toTexts(value['shell.env'] ?? {}),
    options: build === undefined ? {} : toBuildOptions(build),
  });
}

function toBuildOptions({
  context,
  dockerfile: path,
  args,
  target,
  labels,
}: NonNullable<Config[typeof BUILD]>): Omit<ImageBuild, 'dockerfile'> {
  return {
    ...(context === undefined ? {} : { context }),
    ...(path === undefined ? {} : { path }),
    ...(isEmpty(args) ? {} : { args: toTexts(args) }),
    ...(target === undefined ? {} : { target }),
    ...(isEmpty(labels) ? {} : { labels: toTexts(labels) }),
  };
}

function toReadiness(value: Config): ReadinessProbe {
  const given = value.readiness;
  if (given === undefined) {
    if (value['docker.container.healthcheck'] !== undefined) return { kind: 'healthcheck' };
    const first = toPorts(value).find((port) => port.protocol === 'tcp');
    return first === undefined ? { kind: 'running' } : { kind: 'tcp', containerPort: first.container };
  }
  switch (given.kind) {
    case 'tcp':
      return { kind: 'tcp', containerPort: Number(given.port) };
    case 'http':
      return { kind: 'http', containerPort: Number(given.port), path: given.path };
    case 'exec':
      return { kind: 'exec', argv: toArgv(given.command) };
    default:
      return given;
  }
}
