/** A file of `/etc/apt/sources.list` or `/etc/apt/sources.list.d`. */
export interface AptFile {
  readonly name: string;
  readonly text: string;
}

/** The Debian archive's own entries among a machine's apt sources, in the form in which they were written. Empty where there are none. */
export function pickDebianSources(files: readonly AptFile[], suite: string): readonly AptFile[] {
  return files
    .map((file) => ({
      name: file.name,
      text: file.name.endsWith('.sources') ? pickStanzas(file.text, suite) : pickLines(file.text, suite),
    }))
    .filter((file) => file.text !== '');
}

function pickStanzas(text: string, suite: string): string {
  const stanzas = text
    .split(/\n\s*\n/)
    .map(withoutComments)
    .filter((stanza) => isDebian(field(stanza, 'Suites'), suite) && /\bdeb\b/.test(field(stanza, 'Types')))
    .filter((stanza) => !/^\s*(no|false)\s*$/i.test(field(stanza, 'Enabled')));
  return stanzas.length === 0 ? '' : `${stanzas.join('\n\n')}\n`;
}

function pickLines(text: string, suite: string): string {
  const lines = withoutComments(text)
    .split('\n')
    .filter(
      (line) =>
        /^\s*deb\s/.test(line) &&
        isDebian(
          line
            .replace(/\[[^\]]*\]/, '')
            .trim()
            .split(/\s+/)[2] ?? '',
          suite,
        ),
    );
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Only the archive's own suites: `bookworm`, `bookworm-updates`, `bookworm-security`, … */
function isDebian(suites: string, suite: string): boolean {
  return suites
    .split(/\s+/)
    .filter((word) => word !== '')
    .some((word) => word === suite || word.startsWith(`${suite}-`) || word.startsWith(`${suite}/`));
}

function field(stanza: string, name: string): string {
  return stanza.match(new RegExp(`^${name}:(.*)$`, 'im'))?.[1]?.trim() ?? '';
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .trim();
}
