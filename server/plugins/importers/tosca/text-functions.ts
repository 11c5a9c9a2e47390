import { quoteText } from '../../../domain/blueprint/findings.ts';
import { listAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { expressionAt, joinTexts, type TextPart, toArgument } from './dsl-text.ts';
import { type Call, evaluate } from './evaluate.ts';
import { argumentsOf, misused, unsupported } from './function-problems.ts';

const LONGEST_TEXT = 1_000_000;

/** `concat: [a, b, …]`: of texts their text, of lists their items. */
export function concat(argument: SourceNode, call: Call): SourceNode | null {
  if (argument.kind !== 'list') return misused(call, 'needs a list of what it puts together');
  const values = evaluateAll(argument.items, call);
  if (values === null) return null;
  if (values.length > 0 && values.every((value) => value.kind === 'list'))
    return listAt(
      call.range,
      values.flatMap((value) => value.items),
    );
  return together(values, '', call);
}

/** `join: [[a, b, …], delimiter]`. */
export function join(argument: SourceNode, call: Call): SourceNode | null {
  const [list, delimiter] = argumentsOf(argument);
  if (list?.kind !== 'list') return misused(call, 'needs a list of texts, and what stands between them');
  const values = evaluateAll(list.items, call);
  return values === null ? null : together(values, textOf(delimiter) ?? '', call);
}

const MOST_TOKENS = 20;

/** `token: [text, delimiter, index]`: the part of the text between the delimiters, counted from 0. */
export function token(argument: SourceNode, call: Call): SourceNode | null {
  const [given, separator, position] = argumentsOf(argument);
  const delimiter = textOf(separator);
  const index = textOf(position);
  if (given === undefined || delimiter === null || delimiter === '' || index === null || !/^\d{1,6}$/.test(index)) {
    return misused(call, 'needs a text, the delimiter between its parts, and the position of one of them');
  }
  const value = evaluate(given, call.scope, call.model);
  if (value === null) return null;
  const text = toArgument(value);
  if (text === null) return misused(call, 'needs a text to take apart');
  if (typeof text !== 'object') {
    const part = String(text).split(delimiter)[Number(index)];
    return part === undefined ? misused(call, `finds no part ${index} in ${quoteText(String(text))}`) : scalarAt(call.range, part);
  }
  if (delimiter.length > 1 || Number(index) > MOST_TOKENS) {
    return unsupported(call, `takes apart a text that is only known later by one character, and its first ${MOST_TOKENS} parts`);
  }
  const other = `[^${delimiter.replace(/[\\\]^-]/g, '\\$&')}]*`;
  const before = `${other}${delimiter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}`.repeat(Number(index));
  return expressionAt(call.range, [{ name: 'regexReplacement', args: [text, `^${before}(${other})[\\s\\S]*$`, '$1'] }]);
}

function evaluateAll(nodes: readonly SourceNode[], call: Call): readonly SourceNode[] | null {
  const values = nodes.map((node) => evaluate(node, call.scope, call.model));
  return values.every((value) => value !== null) ? values : null;
}

function together(values: readonly SourceNode[], delimiter: string, call: Call): SourceNode | null {
  const parts: TextPart[] = [];
  let length = 0;
  for (const value of values) {
    const part = toArgument(value);
    if (part === null) return misused(call, `puts texts together, not a ${value.kind}`);
    if (parts.length > 0 && delimiter !== '') parts.push(delimiter);
    parts.push(typeof part === 'object' && part !== null ? part : String(part));
    length += typeof part === 'string' ? part.length : 0;
  }
  if (length > LONGEST_TEXT || !call.model.template.budget.spend(1 + length / 16, call.range)) {
    return length > LONGEST_TEXT ? misused(call, `gives a text of more than ${LONGEST_TEXT.toLocaleString('en')} characters`) : null;
  }
  return joinTexts(call.range, parts);
}
