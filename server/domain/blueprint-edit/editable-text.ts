import { checkText, countYamlTokens } from '../blueprint/check-yaml-tokens.ts';
import type { Diagnostic } from '../blueprint/diagnostic.ts';
import { createFindings } from '../blueprint/findings.ts';
import { parseCheckedYaml } from '../blueprint/read-yaml.ts';
import { type AnchorLinks, linkAnchors, NO_LINKS } from './anchor-links.ts';
import { buildTree } from './build-tree.ts';
import type { Refusal } from './refusal.ts';
import { detectStyle, type TextStyle } from './text-style.ts';
import type { YamlNode } from './yaml-tree.ts';

/** A YAML text that can be edited: plain data, kept from one edit to the next. */
export interface EditableText {
  readonly text: string;
  /** Null when the text holds no value: it is empty, or has comments only. */
  readonly root: YamlNode | null;
  readonly links: AnchorLinks;
  readonly style: TextStyle;
  /** Parts that the parser counts. */
  readonly tokens: number;
  /** Offset after which nothing belongs to the document, counted from the end: it ends at `...`, if not with the text. */
  readonly tail: number;
}

export type OpenedText =
  | { readonly ok: true; readonly source: EditableText }
  | (Refusal & { readonly code: 'not-yaml'; readonly diagnostics: readonly Diagnostic[] });

/** Reads a text for editing. Never throws; refuses what the planner cannot read either. Takes about 1 ms for each 1,000 characters. */
export function openText(text: string): OpenedText {
  const read = readText(text);
  return read.ok ? linkText(read.source) : read;
}

/** The text with its aliases followed. */
export function linkText(source: EditableText): OpenedText {
  const { links, problem } = linkAnchors(source.root);
  if (problem !== null) return { ok: false, code: 'not-yaml', message: problem, diagnostics: [] };
  return { ok: true, source: { ...source, links } };
}

/** The text with its aliases not followed. */
export function readText(text: string): OpenedText {
  const findings = createFindings({ text });
  const tokens = checkText(text, findings) ? countYamlTokens(text, findings) : null;
  const document = tokens === null ? null : parseCheckedYaml(text, findings, { keepSourceTokens: true });
  if (tokens === null || document === null) {
    const diagnostics = findings.list();
    const [first] = diagnostics;
    const message = first === undefined ? 'The text is not YAML.' : `${first.message} (line ${first.line}, column ${first.column})`;
    return { ok: false, code: 'not-yaml', message, diagnostics };
  }
  const root = buildTree(document.contents, text);
  const contentEnd = document.range?.[1] ?? text.length;
  const marker = /^\.\.\.(?=\s|$)/m.exec(text.slice(contentEnd));
  const tail = marker === null ? 0 : text.length - contentEnd - marker.index;
  return { ok: true, source: { text, root, links: NO_LINKS, style: detectStyle(text, root), tokens, tail } };
}
