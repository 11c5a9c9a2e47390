import { Command } from 'commander';
import type { PlanResult } from '../../domain/blueprint/application-plan.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { describeError } from '../client/describe-error.ts';
import { createOutput, printable } from '../client/output.ts';
import { readBlueprint } from '../client/read-blueprint.ts';

interface BlueprintOptions {
  readonly json?: boolean;
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
    .argument('<file...>', 'CAMP YAML; - reads standard input')
    .option('--json', 'print JSON');
}

interface Checked {
  readonly file: string;
  readonly result: PlanResult;
}

async function run(files: readonly string[], options: BlueprintOptions, details: (checked: Checked) => readonly string[]): Promise<void> {
  const output = createOutput(options.json ?? false);
  const checked: Checked[] = [];
  try {
    const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
    for (const file of files) checked.push({ file, result: planApplication({ text: await readBlueprint(file), file }, library) });
  } catch (error) {
    output.error(describeError(error));
    process.exitCode = 2;
    return;
  }
  output.result(checked.map(toJson), () => checked.flatMap((one) => [...toLines(one), ...details(one)]).map(printable));
  process.exitCode = checked.every(({ result }) => result.ok) ? 0 : 1;
}

function toJson({ file, result }: Checked) {
  const application = result.ok ? result.plan : null;
  return {
    file,
    ok: result.ok,
    format: result.ok ? result.plan.format : (result.partial?.format ?? 'camp'),
    application,
    diagnostics: result.diagnostics.map(toJsonDiagnostic),
  };
}

function toJsonDiagnostic({ code, severity, message, line, column, path, hint }: Diagnostic) {
  return { code, severity, message, line, column, path, hint: hint ?? null };
}

function toLines({ file, result }: Checked): readonly string[] {
  const found = result.diagnostics.map(
    ({ line, column, severity, code, message, hint }) =>
      `${file}:${line}:${column}: ${severity} ${code}: ${message}${hint ? `\n    ${hint}` : ''}`,
  );
  return [...found, `${file}: ${result.ok ? 'ok' : 'not deployable'}`];
}

function toTree(spec: EntitySpec, depth: number): readonly string[] {
  const size = spec.config['cluster.initial.size'];
  const line = `${'  '.repeat(depth + 1)}${spec.name}  ${spec.type}${typeof size === 'number' ? ` × ${size}` : ''}${spec.location ? ` in ${spec.location}` : ''}`;
  const below = [...spec.children, ...(spec.memberSpec ? [spec.memberSpec] : [])];
  return [line, ...below.flatMap((child) => toTree(child, depth + 1))];
}
