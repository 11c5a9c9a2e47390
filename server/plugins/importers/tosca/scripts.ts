import { DSL_PREFIX } from '../../../domain/blueprint/dsl-functions.ts';
import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { textOf } from '../../../domain/blueprint/source-node.ts';
import type { ArtifactDefinition, Implementation } from './definitions.ts';
import { findFile, isUrl } from './find-file.ts';
import { isImageType } from './image-artifact.ts';
import { addNotSupported } from './read-values.ts';
import type { Template } from './template.ts';

export interface Script {
  readonly text: string;
  readonly range: TextRange;
}

/** The text of the script that implements an operation; null, with a finding, where there is none that can be run. */
export function readScript(
  implementation: Implementation,
  artifacts: ReadonlyMap<string, ArtifactDefinition>,
  template: Template,
): Script | null {
  const artifact = artifacts.get(implementation.name);
  const type = implementation.artifactType ?? artifact?.type ?? null;
  const name = artifact === undefined ? implementation.name : (textOf(artifact.file ?? undefined) ?? '');
  const { range } = implementation;
  if (isImageType(type, template)) return null;
  for (const dependency of implementation.dependencies) {
    addNotSupported(
      dependency,
      `The file ${quoteText(textOf(dependency) ?? '…')} that a script depends on is not copied`,
      template.findings,
    );
  }
  const kind = scriptKind(name, type, template);
  if (kind !== 'shell') {
    const message = `${quoteText(name)} is ${kind}; only shell scripts are run.`;
    template.findings.add('tosca-script', { range, path: '', message, hint: 'Write the operation as a shell script.' });
    return null;
  }
  const found = findFile(name, (artifact?.file?.range ?? range).file, template.input);
  if (found.found !== 'text') {
    addMissing(name, range, found.found, template);
    return null;
  }
  if (!template.budget.spend(1 + found.text.length / 16, range)) return null;
  // A script is data: one that begins as an expression does is still none.
  return { text: found.text.startsWith(DSL_PREFIX) ? `\n${found.text}` : found.text, range };
}

function scriptKind(name: string, type: string | null, { types }: Template): string {
  if (type !== null && types.isA('artifact_types', type, 'tosca.artifacts.Implementation.Python')) return 'a Python program';
  const extension = /\.([A-Za-z0-9]+)$/.exec(name.replace(/[?#].*$/, ''))?.[1]?.toLowerCase();
  switch (extension) {
    case undefined:
    case 'sh':
    case 'bash':
    case 'ksh':
      return 'shell';
    case 'py':
      return 'a Python program';
    case 'yaml':
    case 'yml':
      return 'an Ansible playbook';
    case 'pp':
      return 'a Puppet manifest';
    case 'rb':
      return 'a Ruby program or Chef recipe';
    case 'ps1':
    case 'bat':
    case 'cmd':
      return 'a script for Windows';
    default:
      return `a “.${extension}” file`;
  }
}

function addMissing(name: string, range: TextRange, found: 'nothing' | 'binary', { findings, input }: Template): void {
  const near = findings.full ? [] : nearestNames(name.replace(/^.*\//, ''), Object.keys(input.files ?? {}));
  const hint = isUrl(name)
    ? 'Scripts are not downloaded: put it into the archive, or beside the template.'
    : (sayNearest(near) ?? 'Put it into the archive, or beside the template.');
  const message = found === 'binary' ? `${quoteText(name)} is no text, so no script.` : `The script ${quoteText(name)} is not there.`;
  findings.add('tosca-file', { range, path: '', message, hint });
}
