import { type ConfigValue, isDeferred } from './config-value.ts';
import { formatJava } from './format-java.ts';

/** The text of a value that does not depend on any entity: a text, `literal`, `sensor`, `sensorName`, `formatString` of such. */
export function constantText(value: ConfigValue | undefined): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [call, more] = isDeferred(value) ? value.$dsl.calls : [];
  if (call === undefined || more !== undefined) return undefined;
  switch (call.name) {
    case 'literal':
    case 'sensorName':
      return constantText(call.args[0]);
    case 'sensor':
      return constantText(call.args.at(-1));
    case 'formatString': {
      const texts = call.args.map(constantText);
      const known = texts.filter((text) => text !== undefined);
      const formatted = known.length === texts.length ? formatJava(known[0] ?? '', known.slice(1)) : undefined;
      return formatted?.ok ? formatted.text : undefined;
    }
    default:
      return undefined;
  }
}
