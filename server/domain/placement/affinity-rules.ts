import type { PlacementRequest, Resident } from './placement.ts';

/** One rule about what else runs on a host: `[NOT] TYPE [t] | NAME n | ID [id] | APPLICATION [id] | EMPTY`. */
export interface AffinityRule {
  readonly text: string;
  readonly not: boolean;
  readonly verb: 'TYPE' | 'NAME' | 'ID' | 'APPLICATION' | 'EMPTY';
  /** Null means “the same as mine”. */
  readonly what: string | null;
}

export type RuleRead = { readonly ok: true; readonly rule: AffinityRule } | { readonly ok: false; readonly problem: string };

const VERBS = ['TYPE', 'NAME', 'ID', 'APPLICATION', 'EMPTY'] as const;

/** Reads Clocker's grammar, whatever its case. */
export function readRule(text: string): RuleRead {
  const words = text.trim().split(/\s+/);
  const not = words[0]?.toUpperCase() === 'NOT';
  const [first = '', ...rest] = not ? words.slice(1) : words;
  const verb = VERBS.find((one) => one === first.toUpperCase());
  if (first.toUpperCase() === 'PREDICATE') return refuse(text, 'classes of Java are not run: use the predicate strategy');
  if (first.toUpperCase() === 'SAME')
    return refuse(text, 'SAME is not a rule of its own: TYPE, ID or APPLICATION without a word after it means the same');
  if (verb === undefined) return refuse(text, `it begins with none of ${VERBS.join(', ')}`);
  if (verb === 'EMPTY' && rest.length > 0) return refuse(text, 'EMPTY has nothing after it');
  if (verb === 'NAME' && rest.length === 0) return refuse(text, 'NAME needs a part of a name after it');
  if (rest.length > 1 && verb !== 'NAME') return refuse(text, `${verb} has one word after it, or none`);
  return { ok: true, rule: { text: text.trim(), not, verb, what: rest.length === 0 ? null : rest.join(' ') } };
}

/**
 * Why an entity may not join these residents; null where it may. Clocker's meaning: every rule holds for everyone who is there, and an
 * empty host is taken unless a rule says NOT EMPTY.
 */
export function ruleRefusal(rules: readonly AffinityRule[], residents: readonly Resident[], request: PlacementRequest): string | null {
  const isOther = ({ entityId }: Resident): boolean => entityId !== request.entityId;
  for (const rule of rules) {
    if (rule.verb === 'EMPTY') {
      const other = residents.find(isOther);
      if (rule.not === (other === undefined))
        return rule.not ? `${rule.text}: nothing runs there` : `${rule.text}: ${other?.name ?? ''} runs there`;
      continue;
    }
    const fits = holds(rule, request);
    const against = residents.find((other) => isOther(other) && fits(other) === rule.not);
    if (against !== undefined) return `${rule.text} does not hold for ${against.name}, which runs there`;
  }
  return null;
}

function holds({ verb, what }: AffinityRule, request: PlacementRequest): (other: Resident) => boolean {
  switch (verb) {
    case 'TYPE':
      return ofType(what ?? request.type);
    case 'NAME': {
      const part = (what ?? '').toLowerCase();
      return ({ name }) => name.toLowerCase().includes(part);
    }
    case 'ID':
      return ({ entityId }) => entityId === (what ?? request.entityId);
    case 'APPLICATION':
      if (what === null) return ({ applicationId }) => applicationId === request.applicationId;
      return ({ applicationId, application }) => applicationId === what || application === what;
    default:
      return () => true;
  }
}

/** Hosts have many of few types, one after another. */
function ofType(wanted: string): (other: Resident) => boolean {
  const [whole, short] = [wanted.toLowerCase(), simple(wanted)];
  let last: string | undefined;
  let isLast = false;
  return ({ type }) => {
    if (type !== last) {
      last = type;
      isLast = simple(type) === short || type.toLowerCase() === whole;
    }
    return isLast;
  };
}

/** The last part of a class name. */
function simple(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1).toLowerCase();
}

function refuse(text: string, why: string): RuleRead {
  return { ok: false, problem: `“${text.trim()}” is no rule: ${why}` };
}
