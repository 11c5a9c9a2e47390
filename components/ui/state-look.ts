import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  CircleX,
  Flame,
  Loader,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { HostState } from '@/server/domain/entity/host.ts';
import type { InstanceState } from '@/server/domain/entity/instance.ts';
import { isUncertain, type LastKnown } from '@/server/domain/entity/last-known.ts';
import type { Lifecycle } from '@/server/domain/entity/lifecycle.ts';
import type { Task } from '@/server/domain/entity/task.ts';
import type { EachState } from './use-each.ts';

export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'off' | 'unknown';

/** How a state looks: always colour, icon and word together. */
export interface StateLook {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly text: string;
  /** The icon turns slowly. */
  readonly turning: boolean;
}

const look = (tone: Tone, icon: LucideIcon, text: string): StateLook => ({ tone, icon, text, turning: icon === Loader });

const LIFECYCLE_LOOKS: Readonly<Record<Lifecycle, StateLook>> = {
  CREATED: look('off', CircleDashed, 'CREATED'),
  STARTING: look('busy', Loader, 'STARTING'),
  RUNNING: look('ok', CircleCheck, 'RUNNING'),
  STOPPING: look('busy', Loader, 'STOPPING'),
  STOPPED: look('off', Circle, 'STOPPED'),
  DESTROYED: look('off', CircleX, 'DESTROYED'),
  ON_FIRE: look('bad', Flame, 'ON_FIRE'),
};

const HOST_LOOKS: Readonly<Record<HostState, StateLook>> = {
  connecting: look('busy', Loader, 'connecting'),
  ready: look('ok', CircleCheck, 'ready'),
  unreachable: look('unknown', CircleQuestionMark, 'unreachable'),
  lost: look('bad', Flame, 'lost'),
  refused: look('bad', CircleX, 'refused'),
  'setting-up': look('busy', Loader, 'setting up'),
};

const INSTANCE_LOOKS: Readonly<Record<InstanceState, StateLook>> = {
  planned: look('off', CircleDashed, 'planned'),
  created: look('busy', Loader, 'created'),
  running: look('ok', CircleCheck, 'running'),
  exited: look('off', Circle, 'exited'),
  lost: look('unknown', CircleQuestionMark, 'lost'),
  removing: look('busy', Loader, 'removing'),
};

const EACH_LOOKS: Readonly<Record<EachState['kind'], StateLook>> = {
  waiting: look('off', CircleDashed, 'waiting'),
  busy: look('busy', Loader, 'under way'),
  done: look('ok', CircleCheck, 'done'),
  failed: look('bad', CircleX, 'refused'),
};

const TASK_LOOKS: Readonly<Record<Task['status'], StateLook>> = {
  running: look('busy', Loader, 'running'),
  done: look('ok', CircleCheck, 'done'),
  failed: look('bad', Flame, 'failed'),
  cancelled: look('off', CircleX, 'cancelled'),
  interrupted: look('warn', TriangleAlert, 'interrupted'),
};

const UNKNOWN_LOOK = look('unknown', CircleQuestionMark, 'UNKNOWN');
const DEGRADED = look('warn', TriangleAlert, 'degraded');

const NETWORK_READY = look('ok', CircleCheck, 'ready');
const NETWORK_CHANGING = look('busy', Loader, 'changing');
const NETWORK_TROUBLED = look('warn', TriangleAlert, 'trouble');

export const lifecycleLook = (state: Lifecycle): StateLook => LIFECYCLE_LOOKS[state];
export const hostLook = (state: HostState): StateLook => HOST_LOOKS[state];
export const instanceLook = (state: InstanceState): StateLook => INSTANCE_LOOKS[state];
/** A network of one host, or of several together. */
export function networkLook({ problems, isChanging }: { readonly problems: readonly string[]; readonly isChanging: boolean }): StateLook {
  if (problems.length > 0) return NETWORK_TROUBLED;
  return isChanging ? NETWORK_CHANGING : NETWORK_READY;
}
export const taskLook = (status: Task['status']): StateLook => TASK_LOOKS[status];

/**
 * An entity's look. What runs on hosts that do not answer is UNKNOWN: its state is the last that was known. A group of which only a
 * part is unknown, or that runs with a problem (a member is down), is degraded.
 */
export function entityLook(entity: Pick<Entity, 'actual' | 'problems'>, lastKnown: LastKnown | null): StateLook {
  if (lastKnown && lastKnown.unknown === lastKnown.total && isUncertain(entity)) return UNKNOWN_LOOK;
  const isDegraded = lastKnown !== null || Object.keys(entity.problems).length > 0;
  return entity.actual === 'RUNNING' && isDegraded ? DEGRADED : LIFECYCLE_LOOKS[entity.actual];
}

/** Worst first: for sorting and for rolling several looks into one. */
export const TONE_ORDER: readonly Tone[] = ['bad', 'unknown', 'warn', 'busy', 'off', 'ok'];

/** One look for all states of a tone: where containers are counted by it. */
export const TONE_LOOKS: Readonly<Record<Tone, StateLook>> = {
  bad: LIFECYCLE_LOOKS.ON_FIRE,
  unknown: UNKNOWN_LOOK,
  warn: DEGRADED,
  busy: { ...LIFECYCLE_LOOKS.STARTING, turning: false },
  off: LIFECYCLE_LOOKS.STOPPED,
  ok: LIFECYCLE_LOOKS.RUNNING,
};

/** Of one of several things to which the same is done. */
export function eachLook({ kind }: EachState): StateLook {
  return EACH_LOOKS[kind];
}
