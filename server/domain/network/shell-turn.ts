/** A fixed script of a POSIX shell; `text` is its own as `$CK_TEXT`. */
export interface TurnPart {
  readonly script: string;
  readonly text?: string;
}

export interface ShellTurn {
  readonly script: string;
  readonly text: string;
  /** What each part printed and its exit status, from all that was printed; parts behind one that failed are not there. */
  read(output: string): readonly { readonly output: string; readonly code: number }[];
}

/**
 * Several scripts as one, for a shell in which each turn costs a process and a round trip: in order, each in a subshell, up to the first that fails,
 * whose status is that of the whole. Their texts are cut out of one by lines, as no value may stand in a script. `mark`: what none of them prints.
 */
export function toShellTurn(parts: readonly TurnPart[], mark: string): ShellTurn {
  const text = parts.map((part) => part.text ?? '').join('\n');
  let line = 1;
  const scripts = parts.map(({ script, text: own = '' }) => {
    const from = line;
    line += own.split('\n').length;
    return `${own === '' ? 'CK_TEXT=' : cutOut(from, line - 1)}
(
${script}
)
ck=$?
printf '\\n${mark} %d\\n' "$ck"
if [ "$ck" != 0 ]; then exit "$ck"; fi`;
  });
  return {
    script: `CK_ALL=$CK_TEXT\n${scripts.join('\n')}\n`,
    text,
    read: (output) =>
      [...output.matchAll(new RegExp(`([\\s\\S]*?)\\n${mark} (\\d+)\\n`, 'g'))].map(([, own = '', code]) => ({
        output: own,
        code: Number(code),
      })),
  };
}

/** Command substitution drops newlines at the end, and the last line has one more here than in the text. */
function cutOut(from: number, to: number): string {
  return `CK_TEXT=$(printf '%s\\n' "$CK_ALL" | sed -n '${from},${to}p'; printf x)\nCK_TEXT=\${CK_TEXT%?x}`;
}
