import { quoteText } from '../../../domain/blueprint/findings.ts';
import { replacePattern } from '../../../domain/blueprint/replace-pattern.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { Constraint, Schema } from './definitions.ts';
import { parseScalarUnit } from './scalar-units.ts';
import type { Template } from './template.ts';

/** Each constraint that the value does not keep gets a finding at the value. */
export function checkConstraints(name: string, node: SourceNode, schema: Schema, template: Template): void {
  for (const constraint of schema.constraints) {
    if (!template.budget.spend(constraint.operand.values, constraint.range)) return;
    const verdict = verdictOf(node, constraint, schema.type);
    if (verdict === 'kept') continue;
    const shown = quoteText(name);
    if (verdict.kind === 'broken') {
      const given = textOf(node) === null ? '' : `, and is ${quoteText(textOf(node) ?? '')}`;
      template.findings.add('tosca-value', { range: node.range, path: '', message: `${shown} must ${verdict.what}${given}.` });
    } else {
      const message = `${shown} is not checked against ${quoteText(constraint.operator)}: ${verdict.what}.`;
      template.findings.add('tosca-constraint', { range: constraint.range, path: '', message });
    }
  }
}

type Verdict = 'kept' | { readonly kind: 'broken' | 'unchecked'; readonly what: string };

function verdictOf(node: SourceNode, { operator, operand }: Constraint, type: string): Verdict {
  const limit = textOf(operand) ?? '';
  const must = (kept: boolean, what: string): Verdict => (kept ? 'kept' : { kind: 'broken', what });
  const compared = (holds: (order: number) => boolean, what: string): Verdict => {
    const order = compare(node, operand, type);
    return order === null ? { kind: 'unchecked', what: `${quoteText(limit)} cannot be compared with it` } : must(holds(order), what);
  };
  const size = node.kind === 'list' ? node.items.length : node.kind === 'map' ? node.entries.size : (textOf(node)?.length ?? 0);
  switch (operator) {
    case 'equal':
      return must(sameValue(node, operand), `be ${quoteText(limit)}`);
    case 'greater_than':
      return compared((order) => order > 0, `be more than ${limit}`);
    case 'greater_or_equal':
      return compared((order) => order >= 0, `be at least ${limit}`);
    case 'less_than':
      return compared((order) => order < 0, `be less than ${limit}`);
    case 'less_or_equal':
      return compared((order) => order <= 0, `be at most ${limit}`);
    case 'in_range':
      return inRange(node, operand, type);
    case 'valid_values': {
      const items = operand.kind === 'list' ? operand.items : [];
      const shown = items.slice(0, 10).map((item) => textOf(item) ?? '…');
      return must(
        items.some((item) => sameValue(node, item)),
        `be one of ${shown.join(', ')}`,
      );
    }
    case 'length':
      return must(size === Number(limit), `have a length of ${limit}`);
    case 'min_length':
      return must(size >= Number(limit), `have a length of at least ${limit}`);
    case 'max_length':
      return must(size <= Number(limit), `have a length of at most ${limit}`);
    case 'pattern':
      return matches(textOf(node) ?? '', limit);
    default:
      return { kind: 'unchecked', what: 'there is no such constraint here' };
  }
}

function inRange(node: SourceNode, operand: SourceNode, type: string): Verdict {
  const [from, to] = operand.kind === 'list' ? operand.items : [];
  if (from === undefined || to === undefined) return { kind: 'unchecked', what: 'a range has two ends' };
  const ends = [from, to].map((end) => textOf(end) ?? '');
  const above = /unbounded/i.test(ends[0] ?? '') ? 0 : compare(node, from, type);
  const below = /unbounded/i.test(ends[1] ?? '') ? 0 : compare(node, to, type);
  if (above === null || below === null) return { kind: 'unchecked', what: 'its ends cannot be compared with it' };
  return above >= 0 && below <= 0 ? 'kept' : { kind: 'broken', what: `be from ${ends.join(' to ')}` };
}

/** The whole text must match, as in XML Schema. A pattern that could take for ever is not tried. */
function matches(text: string, pattern: string): Verdict {
  const replaced = replacePattern(text, `^(?:${pattern})$`, '\u0001');
  if (!replaced.ok) return { kind: 'unchecked', what: replaced.message };
  return replaced.text === '\u0001' ? 'kept' : { kind: 'broken', what: `match ${quoteText(pattern)}` };
}

/** Below, at or above zero as the first is less, the same or more; null where they cannot be compared. */
function compare(node: SourceNode, operand: SourceNode, type: string): number | null {
  const [one, other] = [node, operand].map((value) => amountOf(textOf(value) ?? '', type));
  if (one !== undefined && other !== undefined && one !== null && other !== null) return one - other;
  const texts = [textOf(node), textOf(operand)];
  if (type !== 'timestamp' || texts[0] === null || texts[1] === null) return null;
  return texts[0] === texts[1] ? 0 : (texts[0] ?? '') < (texts[1] ?? '') ? -1 : 1;
}

function amountOf(text: string, type: string): number | null {
  if (type.startsWith('scalar-unit.')) return parseScalarUnit(text, type);
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : null;
}

function sameValue(one: SourceNode, other: SourceNode): boolean {
  const texts = [textOf(one), textOf(other)];
  if (texts[0] === null || texts[1] === null) return one.kind === other.kind && one.kind !== 'scalar' && one.values === other.values;
  const numbers = texts.map((text) => (text?.trim() === '' ? Number.NaN : Number(text)));
  return texts[0] === texts[1] || (numbers[0] !== undefined && numbers[0] === numbers[1]);
}
