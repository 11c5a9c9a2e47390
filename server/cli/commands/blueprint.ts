import { Command } from 'commander';
import type { PlanResult } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintFormat } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { formatOf } from '../../domain/blueprint/read-as-camp.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { describeError } from '../client/describe-error.ts';
import { collectPairs } from '../client/options.ts';
import { createOutput, printable } from '../client/output.ts';
import { readBlueprintInput } from '../client/read-blueprint.ts';

interface BlueprintOptions {
  readonly json?: boolean;
  readonly set?: Readonly<Record<string, string>>;
}

/** Runs here, without a server. Exit code 0 without errors, 1 with errors in a blueprint, 2 when a file cannot be read. */
export function blueprintCommand(): Command {
  return new Command('blueprint')
    .description('check and plan blueprints, without a server')
    .addCommand(
      filesCommand('check', 'what is wrong with blueprints, and where').action((files: string[], options: BlueprintOptions) =>
        run(files, options, () => []),
      ),
    )
    .addCommand(
      filesCommand('plan', 'the entities that blueprints would make').action((files: string[], options: BlueprintOptions) =>
        run(files, options, ({ result }) => (result.ok ? toTree(result.plan.root, 0) : [])),
      ),
    );
}

function filesCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<file...>', 'CAMP, Compose or TOSCA as YAML, or an archive (.csar, .zip); - reads standard input')
    .option('--set <name=value>', 'value of a variable or input; may be repeated', collectPairs)
    .option('--json', 'print JSON');
}

interface Checked {
  readonly file: string;
  readonly format: BlueprintFormat;
  readonly result: PlanResult;
}

async function run(files: readonly string[], options: BlueprintOptions, details: (checked: Checked) => readonly string[]): Promise<void> {
  const output = createOutput(options.json ?? false);
  const checked: Checked[] = [];
  try {
    const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
    for (const file of files) {
      const read = await readBlueprintInput(file, { variables: options.set ?? {} }, library);
      const format = read.ok ? formatOf(read.input, library) : 'tosca';
      checked.push({ file, format, result: read.ok ? planApplication(read.input, library) : read });
    }
  } catch (error) {
    output.error(describeError(error));
    process.exitCode = 2;
    return;
  }
  output.result(checked.map(toJson), () => checked.flatMap((one) => [...toLines(one), ...details(one)]).map(printable));
  process.exitCode = checked.every(({ result }) => result.ok) ? 0 : 1;
}

function toJson({ file, format, result }: Checked) {
  const application = result.ok ? result.plan : null;
  return {
    file,
    ok: result.ok,
    format,
    application,
    diagnostics: result.diagnostics.map(toJsonDiagnostic),
  };
}

function toJsonDiagnostic({ code, severity, message, file, line, column, path, hint }: Diagnostic) {
  return { code, severity, message, ...(file === undefined ? {} : { file }), line, column, path, hint: hint ?? null };
}

function toLines({ file, result }: Checked): readonly string[] {
  const found = result.diagnostics.map(
    ({ file: other, line, column, severity, code, message, hint }) =>
      `${file}${other === undefined ? '' : ` → ${other}`}:${line}:${column}: ${severity} ${code}: ${message}${hint ? `\n    ${hint}` : ''}`,
  );
  return [...found, `${file}: ${result.ok ? 'ok' : 'not deployable'}`];
}

function toTree(spec: EntitySpec, depth: number): readonly string[] {
  const size = spec.config['cluster.initial.size'];
  const line = `${'  '.repeat(depth + 1)}${spec.name}  ${spec.type}${typeof size === 'number' ? ` × ${size}` : ''}${spec.location ? ` in ${spec.location}` : ''}`;
  const below = [...spec.children, ...(spec.memberSpec ? [spec.memberSpec] : [])];
  return [line, ...below.flatMap((child) => toTree(child, depth + 1))];
}
