import { quoteText } from '../../../domain/blueprint/findings.ts';
import type { SourceNode } from '../../../domain/blueprint/source-node.ts';
import type { Call } from './evaluate.ts';

/** Wrong use of a function. */
export function misused({ name, range, model }: Call, what: string, hint?: string): null {
  model.template.findings.add('tosca-function', { range, path: '', message: `${quoteText(name)} ${what}.`, hint });
  return null;
}

/** A right use that is not worked out here. */
export function unsupported({ name, range, model }: Call, why: string): null {
  model.template.findings.add('tosca-function-unsupported', { range, path: '', message: `${quoteText(name)} ${why}.` });
  return null;
}

/** The items of a list, or the one argument. */
export function argumentsOf(argument: SourceNode): readonly SourceNode[] {
  return argument.kind === 'list' ? argument.items : [argument];
}
