import { entityLook, instanceLook, type StateLook, TONE_ORDER, type Tone } from '@/components/ui/state-look.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { lastKnownOn } from '@/server/domain/entity/last-known.ts';
import type { LiveInstance } from '@/server/domain/entity/live-instance.ts';

type Seen = {
  readonly instance: Pick<LiveInstance, 'id' | 'state'>;
  readonly entity: Pick<Entity, 'instanceId' | 'actual' | 'problems'>;
  readonly host: Pick<Host, 'state' | 'since'> | undefined;
};

/** The container that serves stands for its entity; one that is going or gone shows its own state. */
export function containerLook({ instance, entity, host }: Seen): StateLook {
  return entity.instanceId === instance.id ? entityLook(entity, lastKnownOn(entity, host)) : instanceLook(instance.state);
}

/** How many containers have each tone, in the order of `TONE_ORDER`. */
export type ToneCounts = readonly number[];

export function countTones(tones: readonly Tone[]): ToneCounts {
  const counts = TONE_ORDER.map(() => 0);
  for (const tone of tones) counts[TONE_ORDER.indexOf(tone)] = (counts[TONE_ORDER.indexOf(tone)] ?? 0) + 1;
  return counts;
}

/** The tone that calls for somebody first, null where there is nothing. */
export function worstTone(counts: ToneCounts): Tone | null {
  return TONE_ORDER[counts.findIndex((count) => count > 0)] ?? null;
}

export const TONE_WORDS: Readonly<Record<Tone, string>> = {
  bad: 'on fire',
  unknown: 'unknown',
  warn: 'degraded',
  busy: 'changing',
  off: 'stopped',
  ok: 'running',
};

/** `32 containers: 1 on fire, 31 running` */
export function describeTones(counts: ToneCounts): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 'no containers';
  const parts = TONE_ORDER.flatMap((tone, at) => ((counts[at] ?? 0) > 0 ? [`${counts[at]} ${TONE_WORDS[tone]}`] : []));
  return `${total} ${total === 1 ? 'container' : 'containers'}: ${parts.join(', ')}`;
}
