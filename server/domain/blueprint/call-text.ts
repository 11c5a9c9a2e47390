import { holdsSecret } from '../shared/concealed.ts';
import type { Json } from '../shared/json.ts';
import { commandToSet } from '../shared/secret-record.ts';
import { type Evaluation, MOST_TEXT } from './evaluation.ts';
import { formatJava, toText } from './format-java.ts';
import { HIDDEN, type LiveValue, type Outcome, openValue, refuse } from './live-value.ts';
import { patternProblem, replacePattern } from './replace-pattern.ts';

/** Functions that need no entity. What they make of a secret is a secret. */
export function callText(name: string, args: readonly LiveValue[], evaluation: Evaluation): Outcome {
  if (name === 'external') return readExternal(args.map(textOf), evaluation);
  const opened = args.map(openValue);
  const values = opened.map(({ json }) => json);
  if (name !== 'formatString' && values.some(isConcealed)) {
    return refuse(`${name}: a sensor that holds a secret can only be used as it is.`, 'Use external("provider", "name") here itself.');
  }
  const result = makeText(name, values);
  if (!result.ok || typeof result.value !== 'string') return result;
  if (result.value.length > MOST_TEXT) return refuse(`${name} gives more than 1 MiB of text.`);
  return opened.some(({ hidden }) => hidden) ? { ok: true, value: { [HIDDEN]: result.value } } : result;
}

function makeText(name: string, values: readonly Json[]): Outcome<Json> {
  const [first = '', second = '', third = ''] = values.map(toText);
  switch (name) {
    case 'formatString': {
      const formatted = formatJava(first, values.slice(1));
      return formatted.ok ? { ok: true, value: formatted.text } : refuse(`formatString: ${formatted.message}.`);
    }
    case 'urlEncode':
      return { ok: true, value: values[0] === null ? null : urlEncode(first) };
    case 'urlEncodeUserInfo':
      return { ok: true, value: values[0] === null ? null : percentEncode(first) };
    case 'regexReplacement': {
      const replaced = replacePattern(first, second, third);
      return replaced.ok ? { ok: true, value: replaced.text } : refuse(`regexReplacement: ${replaced.message}.`);
    }
    case 'function.regexReplacement': {
      const problem = patternProblem(first);
      const config = { pattern: first, replacement: second };
      return problem === null ? { ok: true, value: { $object: { type: 'regex-replacement', config } } } : refuse(`${name}: ${problem}.`);
    }
    default:
      return refuse(`There is no function “${name}”.`);
  }
}

function readExternal([provider = '', name = '']: readonly string[], { secrets }: Evaluation): Outcome {
  if (secrets === undefined) return refuse(`The secret “${name}” of “${provider}” cannot be read here.`);
  const text = secrets.read(provider, name);
  if (text !== undefined) return { ok: true, value: { [HIDDEN]: text } };
  return refuse(
    `There is no secret “${name}” of the provider “${provider}”.`,
    `An administrator sets it: ${commandToSet({ provider, name })}`,
  );
}

/** Form encoding as Java's URLEncoder: space becomes `+`. */
function urlEncode(text: string): string {
  return percentEncode(text)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}

function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function textOf(value: LiveValue): string {
  return toText(openValue(value).json);
}

function isConcealed(value: Json): boolean {
  return typeof value === 'string' && holdsSecret(value);
}
