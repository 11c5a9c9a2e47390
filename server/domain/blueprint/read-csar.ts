import type { ArchiveFile } from '../archive/archive.ts';
import { readZip } from '../archive/read-zip.ts';
import { withoutOuterFolder } from '../archive/without-outer-folder.ts';
import type { ContextFile } from '../build/build-context.ts';
import type { BlueprintInput } from './blueprint-input.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { DiagnosticCode } from './diagnostic-codes.ts';
import { createFindings, quoteText } from './findings.ts';
import { nearestNames, sayNearest } from './nearest-name.ts';
import { relativeTo } from './relative-path.ts';

export type CsarResult =
  | {
      readonly ok: true;
      readonly input: BlueprintInput;
      /** What the binary files hold, by their name in the input; not of those that are too large. */
      readonly binaries: ReadonlyMap<string, Pick<ContextFile, 'bytes' | 'executable'>>;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const META = 'tosca-metadata/tosca.meta';

/**
 * Reads a TOSCA archive (CSAR) or any zip with one blueprint: the main file by `Entry-Definitions` of TOSCA-Metadata/TOSCA.meta,
 * else the only YAML file at the root, and all other texts of the archive as its files. Pure, never throws on any bytes.
 */
export function readCsar(bytes: Uint8Array): CsarResult {
  const archive = readZip(bytes);
  if (!archive.ok) return refuse(archive.problem.code, archive.problem.message, archive.problem.hint);
  const hasMeta = archive.files[0]?.path.toLowerCase().startsWith('tosca-metadata/') === true;
  const files = hasMeta ? archive.files : withoutOuterFolder(archive.files);
  const { texts, binaries } = sort(files);
  const entry = findEntry(texts);
  if (!entry.ok) return refuse('csar-entry', entry.message, entry.hint);
  const text = texts.get(entry.file) ?? '';
  const unpacked = new Map(
    files.flatMap(({ path, bytes: content, executable }) => (content ? [[path, { bytes: content, executable }] as const] : [])),
  );
  const others = [...texts].filter(([path]) => path !== entry.file);
  return {
    ok: true,
    input: {
      text,
      file: entry.file,
      files: Object.fromEntries(others.map(([path, content]) => [relativeTo(entry.file, path), content])),
      ...(binaries.length === 0 ? {} : { binaryFiles: binaries.map((path) => relativeTo(entry.file, path)) }),
    },
    binaries: new Map(
      binaries.flatMap((path) => {
        const file = unpacked.get(path);
        return file === undefined ? [] : [[relativeTo(entry.file, path), file] as const];
      }),
    ),
  };
}

/** True where the bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function sort(files: readonly ArchiveFile[]): { readonly texts: ReadonlyMap<string, string>; readonly binaries: readonly string[] } {
  const texts = new Map<string, string>();
  const binaries: string[] = [];
  for (const { path, bytes } of files) {
    const text = bytes === null ? null : decodeText(bytes);
    if (text === null) binaries.push(path);
    else texts.set(path, text);
  }
  return { texts, binaries };
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    // Not UTF-8: an image, a program.
    return null;
  }
}

type Entry = { readonly ok: true; readonly file: string } | { readonly ok: false; readonly message: string; readonly hint: string };

function findEntry(texts: ReadonlyMap<string, string>): Entry {
  const meta = [...texts.keys()].find((path) => path.toLowerCase() === META);
  if (meta !== undefined) return entryOfMeta(texts.get(meta) ?? '', texts);
  const yaml = [...texts.keys()].filter((path) => /^[^/]+\.ya?ml$/i.test(path));
  const [only, ...more] = yaml;
  if (only !== undefined && more.length === 0) return { ok: true, file: only };
  const hint = 'Put one template at the root, or name it in TOSCA-Metadata/TOSCA.meta as “Entry-Definitions: FILE”.';
  if (only === undefined) return { ok: false, message: 'The archive has no YAML file at its root.', hint };
  const topologies = yaml.filter((path) => /^(?:topology_template|services)\s*:/m.test(texts.get(path) ?? ''));
  const main = topologies.length === 1 ? topologies[0] : undefined;
  if (main !== undefined) return { ok: true, file: main };
  return { ok: false, message: `The archive has ${yaml.length} YAML files at its root: ${yaml.slice(0, 5).join(', ')}.`, hint };
}

/** The first block of the file is `Name: value` lines; further blocks tell of single files. */
function entryOfMeta(text: string, texts: ReadonlyMap<string, string>): Entry {
  const keys = new Map<string, string>();
  for (const line of (text.split(/\r?\n\s*\r?\n/, 1)[0] ?? '').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) keys.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const file = keys.get('Entry-Definitions');
  if (file === undefined || file === '') {
    const message = 'TOSCA-Metadata/TOSCA.meta does not say which file is the template.';
    return { ok: false, message, hint: sayNearest(nearestNames('Entry-Definitions', keys.keys())) ?? 'Add “Entry-Definitions: FILE”.' };
  }
  const path = file.replace(/^\.?\/+/, '');
  if (texts.has(path)) return { ok: true, file: path };
  const message = `TOSCA-Metadata/TOSCA.meta names ${quoteText(file)} as the template, which is not in the archive.`;
  const yaml = [...texts.keys()].filter((name) => /\.ya?ml$/i.test(name));
  return {
    ok: false,
    message,
    hint: sayNearest(nearestNames(path, yaml)) ?? `Its YAML files are ${yaml.slice(0, 5).join(', ') || 'none'}.`,
  };
}

function refuse(code: DiagnosticCode, message: string, hint?: string): CsarResult {
  const findings = createFindings({ text: '' });
  findings.add(code, { range: { start: 0, end: 0 }, path: '', message, hint });
  return { ok: false, diagnostics: findings.list() };
}
