import type { PhaseFiles } from './to-process-spec.ts';

export const FILE_PHASES = ['preinstall', 'install', 'customize', 'runtime'] as const satisfies readonly (keyof PhaseFiles)[];

/** `files.…` are taken as they are, `templates.…` are filled in. */
export function isPhaseFileKey(key: string): boolean {
  return FILE_PHASES.some((phase) => key === `files.${phase}` || key === `templates.${phase}`);
}

/** In characters. */
export const LONGEST_FILE = 256 * 1024;

export type DataText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The text of a `data:` URL; undefined for any other source. */
export function dataText(source: string): DataText | undefined {
  const match = /^data:([^,]*),(.*)$/s.exec(source);
  if (!match) return undefined;
  const [, type = '', content = ''] = match;
  try {
    const decoded = decodeURIComponent(content);
    if (!/;base64$/i.test(type)) return { ok: true, text: decoded };
    const bytes = Uint8Array.from(atob(decoded), (character) => character.codePointAt(0) ?? 0);
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, message: 'the data of a “data:” source cannot be read as text' };
  }
}
