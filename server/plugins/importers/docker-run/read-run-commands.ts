import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { type Findings, quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { parseImageReference } from '../../../domain/blueprint/image-reference.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceMap } from '../../../domain/blueprint/source-node.ts';
import { textOf } from '../../../domain/blueprint/source-node.ts';
import type { ComposeContext, ComposeFiles } from '../../../domain/compose/compose-model.ts';
import { interpolate } from '../../../domain/compose/interpolate.ts';
import { readArguments } from './read-arguments.ts';
import { splitCommands, type Word } from './split-commands.ts';
import { type RunService, toService } from './to-service.ts';

const MOST_CHARACTERS = 128 * 1024;
const MOST_COMMANDS = 200;

/** All commands of the text as one application. Null, with a finding, when none runs a container. */
export function readRunCommands(input: BlueprintInput, findings: Findings): ComposeContext | null {
  const { text } = input;
  if (text.length > MOST_CHARACTERS) {
    findings.add('too-large', {
      range: { start: 0, end: 0 },
      path: '',
      message: 'Commands may have 128 KiB.',
      hint: 'Write a Compose file.',
    });
    return null;
  }
  const variable = (name: string) => (Object.hasOwn(input.variables ?? {}, name) ? input.variables?.[name] : undefined);
  const expand = (written: string, range: TextRange) => {
    const { text: value, problems } = interpolate(written, variable);
    for (const { code, message, hint } of problems) findings.add(code, { range, path: '', message, hint });
    return value;
  };
  const { commands, problems } = splitCommands(text, expand);
  for (const { range, message, hint } of problems) findings.add('compose-file-format', { range, path: '', message, hint });
  if (commands.length > MOST_COMMANDS) {
    findings.add('too-large', { range: { start: 0, end: 0 }, path: '', message: `There are more than ${MOST_COMMANDS} commands.` });
    return null;
  }
  const gathered: Gathered = { services: new Map(), volumes: new Map(), networks: new Map(), findings };
  for (const words of commands) readCommand(words, gathered);
  if (gathered.services.size === 0) {
    const message = 'None of the commands runs a container.';
    if (findings.clean)
      findings.add('compose-file-format', {
        range: { start: 0, end: 0 },
        path: '',
        message,
        hint: 'For example “docker run -p 8080:80 nginx”.',
      });
    return null;
  }
  return toContext(gathered, { findings, variable, files: filesOf(input) });
}

interface Gathered {
  readonly services: Map<string, SourceEntry>;
  readonly volumes: Map<string, SourceEntry>;
  readonly networks: Map<string, SourceEntry>;
  readonly findings: Findings;
}

function readCommand(words: readonly Word[], gathered: Gathered): void {
  const { findings } = gathered;
  const command = withoutPrefix(words);
  const [first, second] = command.slice(1);
  const sub =
    first?.text === 'container' || first?.text === 'network' || first?.text === 'volume'
      ? `${first.text} ${second?.text ?? ''}`
      : (first?.text ?? '');
  const rest = command.slice(sub.includes(' ') ? 3 : 2);
  const isDocker = command[0] !== undefined && /(?:^|\/)(?:docker|podman)$/.test(command[0].text);
  if (isDocker && (sub === 'run' || sub === 'create' || sub === 'container run' || sub === 'container create'))
    addService(command, rest, gathered);
  else if (isDocker && (sub === 'network create' || sub === 'volume create')) addDeclaration(sub, rest, gathered);
  else {
    const range = rangeOf(words);
    const message = `${quoteText(words.map(({ text }) => text).join(' '))} is not run.`;
    const code = isDocker && (sub === 'pull' || sub === 'rm' || sub === 'stop') ? 'compose-note' : 'compose-no-effect';
    findings.add(code, { range, path: '', message, hint: 'Only docker run, docker network create and docker volume create are read.' });
  }
}

/** Without prompt, `sudo`, variables before the command, and flags of docker itself. */
function withoutPrefix(words: readonly Word[]): readonly Word[] {
  let at = 0;
  while (at < words.length && /^(?:[$>%]|sudo|[A-Za-z_]\w*=.*)$/s.test(words[at]?.text ?? '')) {
    at += 1;
    if (words[at - 1]?.text === 'sudo') while (words[at]?.text.startsWith('-')) at += 1;
  }
  const [docker, ...rest] = words.slice(at);
  if (docker === undefined) return [];
  let flag = 0;
  while (rest[flag]?.text.startsWith('-'))
    flag += /^(?:-H|--host|-c|--context|--config|-l|--log-level)$/.test(rest[flag]?.text ?? '') ? 2 : 1;
  return [docker, ...rest.slice(flag)];
}

function addService(words: readonly Word[], rest: readonly Word[], { services, volumes, networks, findings }: Gathered): void {
  const range = rangeOf(words);
  const read = readArguments(rest, findings);
  if (read.image === null) {
    findings.add('compose-file-format', {
      range,
      path: '',
      message: 'The command names no image.',
      hint: 'It comes after the flags: docker run -d nginx.',
    });
    return;
  }
  const service = toService(read, range, findings);
  for (const entry of service.volumes) volumes.set(entry.key, entry);
  for (const entry of service.networks) networks.set(entry.key, entry);
  const name = freeName(service, read.image.text, services);
  services.set(name, entryAt({ ...range, path: name }, name, { ...mapAt({ ...range, path: name }, []), entries: service.attributes }));
}

/** What `--name` says, else the last part of the image. */
function freeName({ name, attributes }: RunService, image: string, services: ReadonlyMap<string, unknown>): string {
  const parsed = parseImageReference(textOf(attributes.get('image')?.value) ?? image);
  const repository = parsed.ok ? parsed.reference.repository : 'container';
  const base = name ?? repository.slice(repository.lastIndexOf('/') + 1);
  let free = base;
  for (let count = 2; services.has(free); count += 1) free = `${base}-${count}`;
  return free;
}

function addDeclaration(sub: string, rest: readonly Word[], { networks, volumes, findings }: Gathered): void {
  const name = rest.findLast(({ text }) => !text.startsWith('-'));
  const options = rest.filter(({ text }) => text.startsWith('-'));
  for (const { text, range } of options) {
    findings.add('compose-no-effect', {
      range,
      path: text,
      message: `${quoteText(text)} has no effect here: the application gets one of its own.`,
    });
  }
  if (name !== undefined)
    (sub === 'network create' ? networks : volumes).set(name.text, entryAt(name.range, name.text, scalarAt(name.range, null)));
}

function rangeOf(words: readonly Word[]): TextRange {
  return { start: words[0]?.range.start ?? 0, end: words.at(-1)?.range.end ?? 0 };
}

function toContext(
  { services, volumes, networks }: Gathered,
  context: Pick<ComposeContext, 'findings' | 'files' | 'variable'>,
): ComposeContext {
  const first = services.values().next().value?.range ?? { start: 0, end: 0 };
  const source: SourceMap = mapAt(first, [...services.values()]);
  return {
    ...context,
    folderVolumes: new Map(),
    model: { source, name: null, services, networks, volumes, configs: new Map(), secrets: new Map() },
  };
}

/** Only files that came along by their very name: `--env-file` and folders of `-v`. */
function filesOf({ files = {} }: BlueprintInput): ComposeFiles {
  const clean = (path: string) => path.replace(/^(?:\.\/)+/, '');
  return {
    resolve: (written) => (/^[/~]/.test(written) ? { refused: 'it is a path of one machine' } : { path: clean(written) }),
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    below: (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
    isEmpty: (folder) => Object.hasOwn(files, `${folder}/`),
    hasContext: () => false,
  };
}
