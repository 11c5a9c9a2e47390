import { quoteText } from './findings.ts';

/** A text between placeholders, or one placeholder: the names that lead to its value, and what stands for nothing. */
export type TemplatePart =
  | { readonly text: string }
  | { readonly path: readonly string[]; readonly written: string; readonly fallback: string | null };

export type TemplateParse =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/**
 * The part of FreeMarker that fills in values: `${name}`, `${config['key']}`, `${a.b}`, `${x!"default"}`. Its directives, built-ins
 * and arithmetic are programs and are refused by name. Takes time linear in the template.
 */
export function parseTemplate(template: string): TemplateParse {
  const directive = /<[#@]\/?[\w-]*|<\/[#@][\w-]*|#\{/.exec(template);
  if (directive !== null) return refuse(`${quoteText(directive[0])} is not supported: a template only fills in \${…}`, directive.index);
  const parts: TemplatePart[] = [];
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf('${', at);
    if (open !== at) parts.push({ text: template.slice(at, open < 0 ? undefined : open) });
    if (open < 0) break;
    const placeholder = readPlaceholder(template, open);
    if (!placeholder.ok) return placeholder;
    parts.push(placeholder.part);
    at = placeholder.end;
  }
  return { ok: true, parts };
}

type Placeholder = { readonly ok: true; readonly part: TemplatePart; readonly end: number } | (TemplateParse & { readonly ok: false });

const STEP = /\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"\\]*)"|'([^'\\]*)'|(\d+))\s*\])/y;
const FALLBACK = /\s*!\s*(?:"([^"\\]*)"|'([^'\\]*)'|(-?\d+(?:\.\d+)?))?/y;

function readPlaceholder(template: string, open: number): Placeholder {
  const name = matchAt(/\s*([A-Za-z_]\w*)/y, template, open + 2);
  if (name === null) return refuse(`${excerpt(template, open)} does not begin with a name`, open);
  const path = [name[1] ?? ''];
  let at = open + 2 + name[0].length;
  for (let step = matchAt(STEP, template, at); step !== null; step = matchAt(STEP, template, at)) {
    path.push(step[1] ?? step[2] ?? step[3] ?? step[4] ?? '');
    at += step[0].length;
  }
  const other = matchAt(FALLBACK, template, at);
  at += other?.[0].length ?? 0;
  const close = matchAt(/\s*\}/y, template, at);
  if (close === null) {
    const rest = template.indexOf('}', at) < 0 ? 'has no “}”' : 'holds more than a name, keys and a default; that is not supported';
    return refuse(`${excerpt(template, open)} ${rest}`, open);
  }
  const fallback = other === null ? null : (other[1] ?? other[2] ?? other[3] ?? '');
  const end = at + close[0].length;
  return { ok: true, part: { path, written: template.slice(open, end), fallback }, end };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function excerpt(template: string, at: number): string {
  return quoteText(template.slice(at, at + 40));
}

function refuse(message: string, offset: number): TemplateParse & { readonly ok: false } {
  return { ok: false, message, offset };
}
