import type { ProcessSpec } from '../software/process-spec.ts';
import type { ContainerSpec } from './container-spec.ts';
import type { Instance } from './instance.ts';

/** Of a container’s spec what is shown of it; variables, labels, commands and files never travel with it. */
export interface ContainerOutline extends Pick<ContainerSpec, 'image' | 'volumes' | 'networks' | 'ports'> {
  readonly options?: Pick<NonNullable<ContainerSpec['options']>, 'expose'>;
  readonly process?: ProcessOutline;
}

export interface ProcessOutline {
  readonly place: Pick<ProcessSpec['place'], 'runDir' | 'installDir'>;
  /** Names of the steps, in order. */
  readonly install: readonly Named[];
  readonly customize: readonly Named[];
  readonly launch: readonly Named[];
}

type Named = Pick<ProcessSpec['install'][number], 'name'>;

/** An instance as those who follow all of them are told. */
export type LiveInstance = Omit<Instance, 'spec'> & { readonly spec: ContainerOutline };

export function toLiveInstance({ spec, ...instance }: Instance): LiveInstance {
  const { image, volumes, networks, ports, process, options } = spec;
  const optional = {
    ...(networks === undefined ? {} : { networks }),
    ...(options?.expose === undefined ? {} : { options: { expose: options.expose } }),
    ...(process ? { process: toOutline(process) } : {}),
  };
  return { ...instance, spec: { image, volumes, ports, ...optional } };
}

function toOutline({ place: { runDir, installDir }, install, customize, launch }: ProcessSpec): ProcessOutline {
  const named = (steps: readonly Named[]): readonly Named[] => steps.map(({ name }) => ({ name }));
  return { place: { runDir, installDir }, install: named(install), customize: named(customize), launch: named(launch) };
}
