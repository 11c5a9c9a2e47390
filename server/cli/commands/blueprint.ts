import { Command, Option } from 'commander';
import type { PlanResult } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintFormat } from '../../domain/blueprint/blueprint-input.ts';
import { convertBlueprint, type ExportFormat } from '../../domain/blueprint/convert-blueprint.ts';
import { itemKey } from '../../domain/blueprint/item-source.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { formatOf } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { type CatalogResult, readCatalog } from '../../domain/catalog/read-catalog.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { plannedSize } from '../../domain/entity-types/cluster-config.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import type { Plugins } from '../../ports/plugins.ts';
import { describeError } from '../client/describe-error.ts';
import { toFindingLines, toJsonDiagnostic } from '../client/describe-findings.ts';
import type { NotRead } from '../client/gather-files.ts';
import { collectPairs, collectTexts } from '../client/options.ts';
import { createOutput, printable } from '../client/output.ts';
import { type PlanSummary, summarizePlan, toSummaryLines } from '../client/plan-summary.ts';
import { type BlueprintReading, readBlueprintInput } from '../client/read-blueprint.ts';

interface BlueprintOptions {
  readonly json?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly file?: readonly string[];
  readonly profile?: readonly string[];
  readonly with?: readonly string[];
  readonly allowHostAccess?: boolean;
}

interface ConvertOptions extends BlueprintOptions {
  readonly to: ExportFormat;
}

/** Runs here, without a server. Exit code 0 without errors, 1 with errors in a blueprint, 2 when a file cannot be read. */
export function blueprintCommand(): Command {
  return new Command('blueprint')
    .description('check, plan and convert blueprints, without a server')
    .addCommand(
      filesCommand('check', 'what is wrong with blueprints, and where').action((files: string[], options: BlueprintOptions) =>
        check(files, options, null),
      ),
    )
    .addCommand(
      filesCommand('plan', 'the entities that blueprints would make').action((files: string[], options: BlueprintOptions) =>
        check(files, options, summarizePlan),
      ),
    )
    .addCommand(
      filesCommand('convert', 'a blueprint as CAMP YAML or as a Compose file, on standard output')
        .addOption(new Option('--to <language>', 'what it becomes').choices(['camp', 'compose']).makeOptionMandatory())
        .action((files: string[], options: ConvertOptions) => convert(files, options)),
    );
}

function filesCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[file...]', 'CAMP, Compose or TOSCA as YAML, an archive (.csar, .zip), or docker run commands; - reads standard input')
    .option('-f, --file <file>', 'Compose file; further ones are merged over it, in their order', collectTexts)
    .option('--profile <name>', 'Compose profile that is on; may be repeated', collectTexts)
    .option('--set <name=value>', 'value of a variable or input; may be repeated', collectPairs)
    .option('--with <path>', 'file or folder outside of its own that the blueprint may refer to; may be repeated', collectTexts)
    .option('--allow-host-access', 'check it as where containers may get rights over their host')
    .option('--json', 'print JSON');
}

interface Read {
  readonly file: string;
  readonly reading: BlueprintReading;
}

/** Each argument is one blueprint; all of -f together are one. @throws ClockerError input.invalid */
async function readAll(files: readonly string[], options: BlueprintOptions, library: TypeLibrary): Promise<readonly Read[]> {
  const [main, ...overlays] = options.file ?? [];
  if (main === undefined && files.length === 0) throw new ClockerError('input.invalid', { message: 'No file is given' });
  const { set: variables = {}, profile: profiles = [], with: allowed = [], allowHostAccess: hostAccess = false } = options;
  const shared = { variables, profiles, allowed, hostAccess };
  const reads: Read[] = [];
  if (main !== undefined) reads.push({ file: main, reading: await readBlueprintInput(main, { ...shared, overlays }, library) });
  for (const file of files) reads.push({ file, reading: await readBlueprintInput(file, shared, library) });
  return reads;
}

interface Checked {
  readonly file: string;
  readonly format: BlueprintFormat;
  readonly result: PlanResult | CatalogResult;
  /** Null where only findings are asked for, or there is no plan. */
  readonly summary: PlanSummary | null;
  readonly notRead: readonly NotRead[];
}

/** With `summarize` it is told what each would make, too. */
async function check(files: readonly string[], options: BlueprintOptions, summarize: typeof summarizePlan | null): Promise<void> {
  await withLibrary(options, async (library) => {
    const checked = (await readAll(files, options, library)).map(({ file, reading }): Checked => {
      const planned = reading.ok ? planApplication(reading.input, library) : reading;
      if (reading.ok && isCatalog(planned)) {
        return { file, format: 'catalog', result: readCatalog(reading.input, library), summary: null, notRead: reading.notRead };
      }
      const format = reading.ok ? formatOf(reading.input, library) : 'tosca';
      const summary = planned.ok && summarize ? summarize(planned.plan, library.entityTypes) : null;
      return { file, format, result: planned, summary, notRead: reading.notRead };
    });
    const output = createOutput(options.json ?? false);
    output.result(checked.map(toJson), () => checked.flatMap((one) => [...toLines(one), ...toPlanLines(one)]).map(printable));
    return checked.every(({ result }) => result.ok);
  });
}

/** A catalog by itself; one with services beside it is a blueprint. */
function isCatalog({ diagnostics }: Pick<PlanResult, 'diagnostics'>): boolean {
  return diagnostics.some(({ code }) => code === 'catalog-alone');
}

/** The text goes to standard output, what is said about it to standard error. */
async function convert(files: readonly string[], options: ConvertOptions): Promise<void> {
  await withLibrary(options, async (library) => {
    const converted = (await readAll(files, options, library)).map(({ file, reading }) => {
      const nothing = { ok: false, format: 'tosca' as const, text: null, leftOut: [], diagnostics: reading.ok ? [] : reading.diagnostics };
      return { file, notRead: reading.notRead, ...(reading.ok ? convertBlueprint(reading.input, options.to, library) : nothing) };
    });
    for (const { file, diagnostics, leftOut, notRead } of options.json ? [] : converted) {
      const left = leftOut.map(({ service, what, why }) => `${file}: left out${service === null ? '' : ` of ${service}`}: ${what}: ${why}`);
      for (const line of [...toFindingLines(file, diagnostics, notRead), ...left]) process.stderr.write(`${printable(line)}\n`);
    }
    const output = createOutput(options.json ?? false);
    output.result(
      converted.map(({ diagnostics, ...rest }) => ({ ...rest, diagnostics: diagnostics.map(toJsonDiagnostic) })),
      () => converted.flatMap(({ text }) => (text === null ? [] : [printable(text.trimEnd())])),
    );
    return converted.every(({ ok }) => ok);
  });
}

/** `work` tells whether there were no errors. */
async function withLibrary(options: BlueprintOptions, work: (library: Plugins & TypeLibrary) => Promise<boolean>): Promise<void> {
  try {
    const ok = await work({ ...(await loadPlugins()), catalog: EMPTY_CATALOG });
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    createOutput(options.json ?? false).error(describeError(error));
    process.exitCode = 2;
  }
}

function toJson({ file, format, result, summary, notRead }: Checked) {
  const what = 'items' in result ? { items: result.items.map(itemKey) } : { application: result.ok ? result.plan : null };
  return {
    file,
    ok: result.ok,
    format,
    ...what,
    ...summary,
    diagnostics: result.diagnostics.map(toJsonDiagnostic),
    ...(notRead.length === 0 ? {} : { notRead }),
  };
}

function toLines({ file, result, notRead }: Checked): readonly string[] {
  const word = 'items' in result ? (result.ok ? 'ok, a catalog' : 'not for the catalog') : result.ok ? 'ok' : 'not deployable';
  return [...toFindingLines(file, result.diagnostics, notRead), `${file}: ${word}`];
}

function toPlanLines({ result, summary }: Checked): readonly string[] {
  return 'plan' in result && summary ? [...toTree(result.plan.root, 0), ...toSummaryLines(summary, result.plan)] : [];
}

function toTree(spec: EntitySpec, depth: number): readonly string[] {
  const size = plannedSize(spec.config);
  const line = `${'  '.repeat(depth + 1)}${spec.name}  ${spec.type}${typeof size === 'number' ? ` × ${size}` : ''}${spec.location ? ` in ${spec.location}` : ''}`;
  const members = [spec.firstMemberSpec, spec.memberSpec].filter((member) => member !== undefined && member !== null);
  const below = [...spec.children, ...members];
  return [line, ...below.flatMap((child) => toTree(child, depth + 1))];
}
