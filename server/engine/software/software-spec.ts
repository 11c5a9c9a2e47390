import { BUILD, DOCKERFILE_TEXT, SUBSTITUTIONS } from '../../domain/build/build-ask.ts';
import { toTexts } from '../../domain/entity/config-texts.ts';
import { type SharedContainerConfig, toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { type PortConfig, toPorts } from '../../domain/entity/container-ports.ts';
import { BARE_CONTAINER, type ContainerSpec, type PortSpec, type VolumeSpec } from '../../domain/entity/container-spec.ts';
import { toVolumes } from '../../domain/entity/container-volumes.ts';
import { type ImageBuild, toImageBuild } from '../../domain/entity/image-build.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';
import { holdsSecret } from '../../domain/shared/concealed.ts';
import type { ProcessSpec } from '../../domain/software/process-spec.ts';
import { imageCommands, installTexts, KEPT_ALIVE } from '../../domain/software/software-container.ts';
import type { SoftwareConfig } from '../../domain/software/to-process-spec.ts';

/** What software is installed on in a container where neither the blueprint nor its type names an image. */
const USUAL_IMAGE = 'debian:12';

export interface SoftwareParts {
  readonly config: SoftwareConfig;
  readonly process: ProcessSpec;
  /** TCP ports that it listens on. */
  readonly ports: readonly number[];
  readonly baseImage: string | undefined;
  readonly keepsData: boolean;
}

/** On a machine it has the ports that it listens on, and nothing is between. */
export function machineSpec({ config, process, ports, keepsData }: SoftwareParts): ContainerSpec {
  const own = ports.map((port): PortSpec => ({ container: port, protocol: 'tcp', host: { from: port, to: port } }));
  const volumes = keepsData ? [dataOf(process)] : [];
  return { ...BARE_CONTAINER, image: '', ports: own, volumes, stopTimeoutS: stopTimeoutOf(config), process };
}

function dataOf({ place }: ProcessSpec): VolumeSpec {
  return { name: 'data', path: place.dataDir, readOnly: false };
}

/** In a container it is put into an image once on each host, and runs in a container that stays. Null, with what is wrong, where a secret would stay in the image. */
export function containerSpec({
  config,
  process,
  ports,
  baseImage,
  keepsData,
}: SoftwareParts): ContainerSpec | { readonly problem: string } {
  const told = installTexts(process).some(holdsSecret) || imageCommands(process).some(holdsSecret);
  if (told)
    return {
      problem: 'its install holds a secret, which would stay in the image for everybody: use it in customize.command or launch.command',
    };
  const given = config as SoftwareConfig & SharedContainerConfig & PortConfig;
  const { 'docker.image.name': name, 'docker.image.tag': tag } = config;
  const image = toImage(
    typeof name === 'string' ? name : (baseImage ?? USUAL_IMAGE),
    typeof tag === 'string' || typeof tag === 'number' ? tag : undefined,
  );
  const build = toBuild(config, { process, image });
  const volumes = config['docker.container.volumes'];
  return {
    ...toBaseSpec(image, given),
    ...KEPT_ALIVE,
    env: toTexts(textsOf(config['docker.container.environment'])),
    ports: withPorts(toPorts(given), ports),
    volumes: [
      ...(keepsData ? [dataOf(process)] : []),
      ...(Array.isArray(volumes) ? toVolumes(volumes as Parameters<typeof toVolumes>[0]) : []),
    ],
    stopTimeoutS: stopTimeoutOf(config),
    process: { ...process, install: [] },
    ...(build === null ? {} : { build }),
  };
}

function toBuild(config: SoftwareConfig, { process, image }: { readonly process: ProcessSpec; readonly image: string }): ImageBuild | null {
  const build = (config[BUILD] ?? {}) as { readonly [key: string]: unknown };
  const dockerfile = config[DOCKERFILE_TEXT] ?? build.dockerfile_inline ?? null;
  const { context, dockerfile: path, args, target, labels } = build;
  const options = { context, path, args: args && toTexts(textsOf(args)), target, labels: labels && toTexts(textsOf(labels)) };
  return toImageBuild({
    base: image,
    dockerfile: typeof dockerfile === 'string' ? dockerfile : null,
    substitutions: toTexts(textsOf(config[SUBSTITUTIONS])),
    commands: imageCommands(process),
    env: {},
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  });
}

/** Ports of its keys, where the blueprint does not lead to them already. */
function withPorts(given: readonly PortSpec[], ports: readonly number[]): readonly PortSpec[] {
  const led = new Set(given.filter(({ protocol }) => protocol === 'tcp').map(({ container }) => container));
  return [...given, ...ports.flatMap((port) => (led.has(port) ? [] : [{ container: port, protocol: 'tcp' as const, host: null }]))];
}

function textsOf(value: unknown): Readonly<Record<string, string | number | boolean | null>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, string>>) : {};
}

function stopTimeoutOf(config: SoftwareConfig): number {
  const value = config['stop.timeout'];
  const ms = typeof value === 'string' || typeof value === 'number' ? parseDurationMs(value) : null;
  return Math.min(3600, Math.ceil((ms ?? 10_000) / 1000));
}
