import { LABEL } from '../entity/ownership.ts';
import type { RestartPolicy } from '../entity/restart-policy.ts';

/** What is known of a container from a list alone. */
export interface Listed {
  readonly name: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Labels of those that see to it that their containers are as they want them: whole, or the beginning up to a dot → who. */
const KEEPERS: readonly (readonly [string, string])[] = [
  ['io.clocker.lab.role', 'Clocker’s own lab'],
  [LABEL.plane, 'another installation of Clocker'],
  ['com.docker.swarm.', 'Docker Swarm'],
  ['io.kubernetes.', 'Kubernetes'],
  ['com.hashicorp.nomad.', 'Nomad'],
  ['io.rancher.', 'Rancher'],
  ['com.amazonaws.ecs.', 'Amazon ECS'],
];

/** Why nobody may adopt it, as far as a list tells; null where more has to be known. Two that look after one container would undo what the other does. */
export function refuseListed({ state, labels }: Listed): string | null {
  const keeper = keeperOf(labels);
  if (keeper !== null) return `${keeper} looks after it`;
  switch (state) {
    case 'running':
    case 'exited':
      return null;
    case 'paused':
      return 'it is paused: unpause it first';
    case 'restarting':
      return 'it ends and is started again over and over: mend it first';
    case 'created':
      return 'it was never started: start it first';
    default:
      return `it is ${state}`;
  }
}

/** The same once all of it is known. */
export function refuseDescribed(
  container: Listed & { readonly autoRemove: boolean; readonly exitCode: number | null },
  policy: RestartPolicy,
): string | null {
  const refusal = refuseListed(container);
  if (refusal !== null) return refusal;
  if (container.autoRemove) return 'it was started with --rm, so that Docker removes it when it ends';
  const isDone = container.exitCode === 0 && policy.kind !== 'always';
  if (container.state === 'exited' && !isDone) return 'it does not run: start it first';
  return null;
}

function keeperOf(labels: Readonly<Record<string, string>>): string | null {
  const keys = Object.keys(labels);
  const isOf = (label: string, key: string): boolean => (label.endsWith('.') ? key.startsWith(label) : key === label);
  return KEEPERS.find(([label]) => keys.some((key) => isOf(label, key)))?.[1] ?? null;
}
