import type { AdjunctBehaviour, Decision, Reading } from '../adjunct/behaviour.ts';
import type { Json } from '../shared/json.ts';
import { frozen, type LinkConfig, published, readLink, watchesOf } from './link.ts';

/** What an enricher makes of one reading. */
export type Computed<Memory> =
  | { readonly value: Json | undefined; readonly memory?: Memory }
  /** Nothing to be said yet. */
  | { readonly waits: string; readonly memory?: Memory }
  | { readonly why: string };

export interface Computing<Config, Memory> {
  readonly config: Config;
  readonly reading: Reading;
  /** When the reading was heard; now where that is not known. */
  readonly at: number;
  readonly memory: Memory | undefined;
}

/** An enricher that makes one sensor of another. What it makes of a reading is pure. */
export function oneSource<Config extends LinkConfig, Memory = undefined>(
  compute: (computing: Computing<Config, Memory>) => Computed<Memory>,
): AdjunctBehaviour<Config, Memory> {
  return {
    watches(config, looking) {
      const link = readLink(config, looking);
      return watchesOf(config, looking, 'why' in link || link.source === null ? [] : [link.source]);
    },
    decide(input): Decision<Memory> {
      const { config, now, read, memory } = input;
      const link = readLink(config, input);
      if ('why' in link) return frozen(link.why);
      const reading = link.source === null ? undefined : read.sensor(link.producerId, link.source);
      if (reading === undefined) return frozen(`there is no value of ${link.source ?? 'its source'}`);
      const computed = compute({ config, reading, at: reading.at ?? now, memory });
      if ('why' in computed) return frozen(computed.why);
      const kept = computed.memory === undefined ? {} : { memory: computed.memory };
      if ('waits' in computed) return { ...kept, highlight: { level: 'ok', text: `Waits for ${computed.waits}` } };
      return { ...kept, ...published(input, link.target, computed.value, reading.at) };
    },
  };
}

/** The number of a reading, or why it is none. */
export function numberOf({ value }: Reading): number | { readonly why: string } {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : { why: 'its source is no number' };
}
