import { type Findings, quoteText, startOf } from '../../../domain/blueprint/findings.ts';
import { nearestNames } from '../../../domain/blueprint/nearest-name.ts';
import { type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';

/** What a version of TOSCA Simple Profile in YAML allows that others do not. */
export interface Dialect {
  readonly title: string;
  /** Working draft 03 and Alien4Cloud's own: sizes without a unit are MB, types and templates are checked less. */
  readonly draft: boolean;
}

export const VERSION_KEY = 'tosca_definitions_version';

const DRAFT: Dialect = { title: '1.0 working draft 03', draft: true };
const NEWEST: Dialect = { title: '1.3', draft: false };

/** By the value of `tosca_definitions_version`. */
export const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['tosca_simple_yaml_1_0_0_wd03', DRAFT],
  ...['1_0_0', '1_1_0', '1_2_0', '1_3_0', '1_4_0'].map((version) => [`alien_dsl_${version}`, { ...DRAFT, title: 'Alien4Cloud' }] as const),
  ...['1.0', '1.1', '1.2', '1.3'].flatMap((title) => {
    const short = `tosca_simple_yaml_${title.replace('.', '_')}`;
    const names = [short, `${short}_0`, `http://docs.oasis-open.org/tosca/ns/simple/yaml/${title}`];
    return names.map((name) => [name, { title, draft: false }] as const);
  }),
]);

/** The dialect of a template; of one that does not say or that is not known, the newest, with a finding. */
export function readDialect(source: SourceMap, findings: Findings): Dialect {
  const entry = source.entries.get(VERSION_KEY);
  const version = textOf(entry?.value);
  const known = version === null ? undefined : DIALECTS.get(version.trim());
  if (known !== undefined) return known;
  if (entry === undefined || version === null) {
    const similar = nearestNames(VERSION_KEY, source.entries.keys()).map((key) => source.entries.get(key))[0];
    const hint = `Add “${VERSION_KEY}: tosca_simple_yaml_1_3”.`;
    findings.add('tosca-version', {
      range: entry?.value.range ?? similar?.range ?? startOf(source.range),
      path: VERSION_KEY,
      message: `“${VERSION_KEY}” is missing${similar === undefined ? '' : `; ${quoteText(similar.key)} is not that`}.`,
      hint: similar === undefined ? hint : `Write “${VERSION_KEY}”.`,
      fix: similar === undefined ? undefined : { title: `Rename to ${VERSION_KEY}`, text: VERSION_KEY },
    });
    return NEWEST;
  }
  const near = nearestVersion(version);
  findings.add('tosca-version', {
    range: entry.value.range,
    path: VERSION_KEY,
    message: `${quoteText(version)} is no version of TOSCA Simple Profile in YAML that is read here.`,
    hint: `The nearest is ${near}; read are 1.0 (and its working draft 03), 1.1, 1.2 and 1.3.`,
    fix: { title: `Write ${near}`, text: near },
  });
  return DIALECTS.get(near) ?? NEWEST;
}

/** The version of the same number; newer ones, and what has no number, are nearest to the newest. */
function nearestVersion(version: string): string {
  if (/_wd\d*$/.test(version)) return 'tosca_simple_yaml_1_0_0_wd03';
  const minor = /(?<!\d)1[_.]([0-3])(?!\d)/.exec(version)?.[1] ?? '3';
  return `tosca_simple_yaml_1_${minor}`;
}
