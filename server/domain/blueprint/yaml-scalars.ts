import { CST } from 'yaml';

/** The text that a quoted scalar means, quotes included in `source`; null when it has an error, such as an escape that is none. */
export function resolveQuoted(source: string): string | null {
  const inner = source.slice(1, -1);
  if (!/[\n\r\\]/.test(inner)) return source[0] === "'" ? inner.replaceAll("''", "'") : inner;
  const type = source[0] === '"' ? 'double-quoted-scalar' : 'single-quoted-scalar';
  return resolve({ type, offset: 0, indent: 0, source });
}

/** The text that a block scalar means. `header`: `|`, `|-`, `>` or `>-`; `body`: its lines. Null when it has an error. */
export function resolveBlockText(header: string, body: string): string | null {
  const props: CST.Token[] = [
    { type: 'block-scalar-header', offset: 0, indent: 0, source: header },
    { type: 'newline', offset: 0, indent: 0, source: '\n' },
  ];
  return resolve({ type: 'block-scalar', offset: 0, indent: 0, props, source: body });
}

function resolve(token: CST.FlowScalar | CST.BlockScalar): string | null {
  let hasError = false;
  const { value } = CST.resolveAsScalar(token, true, () => {
    hasError = true;
  });
  return hasError ? null : value;
}
