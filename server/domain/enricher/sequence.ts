import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import { formatJava } from '../blueprint/format-java.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { frozen, isPublished } from './link.ts';

/** Sensors. `cache`, on the group, has the numbers by entity id, so that they outlast the console. */
export const SEQUENCE = { cache: 'sequence.cache', next: 'sequence.next', value: 'sequence.value', string: 'sequence.string' } as const;

export interface SequenceSettings {
  readonly start: number;
  readonly increment: number;
  /** Java's, of one number: `%d`, `node%03d`. */
  readonly format: string;
  /** Sensor of a member that gets its number. */
  readonly valueSensor: string;
  /** Sensor of a member that gets it as text. */
  readonly stringSensor: string;
}

/** Gives each member the next number, in the order in which they came. Who has one keeps it, also once it is no member; none is given twice. */
export function numberMembers({ config, self, read }: AdjunctInput<SequenceSettings, undefined>): Decision<undefined> {
  const before = read.sensor(self.id, SEQUENCE.cache)?.value;
  const known: Readonly<Record<string, Json>> = isJsonObject(before ?? null) ? (before as Record<string, Json>) : {};
  const members = read.members(self.id);
  const news = members.filter(({ id }) => typeof known[id] !== 'number');
  const first = nextAfter(Object.values(known), config);
  const numbers: Readonly<Record<string, Json>> = {
    ...known,
    ...Object.fromEntries(news.map(({ id }, index) => [id, first + index * config.increment])),
  };
  const texts = new Map<string, string>();
  for (const { id } of members) {
    const formatted = formatJava(config.format, [numbers[id] ?? null]);
    if (!formatted.ok) return frozen(formatted.message);
    texts.set(id, formatted.text);
  }
  const publishOn = members.flatMap(({ id }) => {
    const wanted = { [config.valueSensor]: numbers[id] ?? null, [config.stringSensor]: texts.get(id) ?? null };
    const values = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isPublished(read.sensor(id, name), value, null)));
    return Object.keys(values).length === 0 ? [] : [{ entityId: id, values }];
  });
  const highlight = { level: 'ok', text: `Has numbered ${Object.keys(numbers).length}` } as const;
  if (news.length === 0 && before !== undefined) return { publishOn, highlight };
  return { publish: { [SEQUENCE.cache]: numbers, [SEQUENCE.next]: first + news.length * config.increment }, publishOn, highlight };
}

function nextAfter(given: readonly Json[], { start, increment }: SequenceSettings): number {
  const numbers = given.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return start;
  return (increment < 0 ? Math.min(...numbers) : Math.max(...numbers)) + increment;
}
