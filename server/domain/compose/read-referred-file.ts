import { quoteText } from '../blueprint/findings.ts';
import { type SourceNode, textOf } from '../blueprint/source-node.ts';
import { addValue, placeOf } from './compose-findings.ts';
import type { ComposeContext } from './compose-model.ts';

export interface ReferredFile {
  readonly path: string;
  readonly content: string;
}

/** A file that a value names, with a finding where it did not come; without `required` that is no problem. */
export function readReferredFile(
  node: SourceNode,
  { required = true }: { readonly required?: boolean },
  context: Pick<ComposeContext, 'files' | 'findings'>,
): ReferredFile | undefined {
  const written = textOf(node);
  if (written === null || written === '') {
    addValue(context.findings, node, 'The path of a file is needed here.');
    return undefined;
  }
  const resolved = context.files.resolve(written, node.range.file);
  if ('refused' in resolved) {
    context.findings.add('compose-file-refused', { ...placeOf(node), message: `${quoteText(written)} is not read: ${resolved.refused}.` });
    return undefined;
  }
  const content = context.files.read(resolved.path);
  if (content !== undefined) return { path: resolved.path, content };
  if (required) addMissing(node, resolved.path, context);
  return undefined;
}

export function addMissing(node: SourceNode, path: string, { findings }: Pick<ComposeContext, 'findings'>): void {
  const hint = 'It has to be beside the Compose file, and to come with it.';
  findings.add('compose-file-missing', { ...placeOf(node), message: `The file ${quoteText(path)} did not come with the blueprint.`, hint });
}
