import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import type { Findings } from '../../../domain/blueprint/findings.ts';
import { type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import { interpolate } from '../../../domain/compose/interpolate.ts';
import { parseEnvFile } from '../../../domain/compose/parse-env-file.ts';
import type { ProjectFiles } from './project-files.ts';

type Lookup = (name: string) => string | undefined;

export interface ProjectVariables {
  /** Name of the project: what the file says, else a variable, else its folder’s. */
  readonly name: string | null;
  readonly variable: Lookup;
}

/** Variables of a project: given ones, then those of `.env` beside the main file, then the name of the project. */
export function readVariables(source: SourceMap, input: BlueprintInput, files: ProjectFiles, findings: Findings): ProjectVariables {
  const given: Lookup = (name) => own(input.variables, name);
  const dotEnv = readEnvFile('.env', given, files, findings);
  const known: Lookup = (name) => given(name) ?? dotEnv.get(name);
  const written = textOf(source.entries.get('name')?.value);
  const name = (written === null ? null : interpolate(written, known).text) || known('COMPOSE_PROJECT_NAME') || folderName(input.file);
  return { name, variable: (key) => (key === 'COMPOSE_PROJECT_NAME' && name !== null ? name : known(key)) };
}

/** The variables of a file, where it came along. */
export function readEnvFile(path: string, before: Lookup, files: ProjectFiles, findings: Findings): ReadonlyMap<string, string> {
  const text = files.read(path);
  if (text === undefined) return new Map();
  const pairs = parseEnvFile(text, { file: path, format: 'compose', findings, variable: before });
  return new Map(pairs.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])));
}

function own(variables: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** As Compose makes a name of the folder in which the file is. */
function folderName(file: string | undefined): string | null {
  const folder = file?.split('/').at(-2) ?? '';
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return name === '' ? null : name;
}
