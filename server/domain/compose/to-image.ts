import { type Findings, quoteText } from '../blueprint/findings.ts';
import { parseImageReference } from '../blueprint/image-reference.ts';
import { entryAt, listAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { splitWords } from '../entity/container-config.ts';
import { addNoEffect, addUnsupported, addValue, placeOf } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { literalAt, readText, readTexts } from './read-value.ts';
import { isBuilt, readBuildPlatforms, toBuildConfig } from './to-build.ts';

/** What it runs: `docker:IMAGE`, or a container whose image is built. */
export function toImageType(service: ComposeService, project: string): SourceEntry {
  const { attributes, context, name, entry } = service;
  const image = attributes.get('image');
  const build = attributes.get('build');
  if (build !== undefined && isBuilt(service)) return entryAt(build.range, 'type', scalarAt(build.range, 'docker-container'));
  const text = image === undefined ? null : (textOf(image.value)?.trim() ?? '');
  const parsed = text ? parseImageReference(text) : null;
  if (image !== undefined && parsed?.ok) return entryAt(image.range, 'type', scalarAt(image.value.range, `docker:${text}`));
  if (image !== undefined && parsed !== null && !parsed.ok) {
    const message = `The image ${quoteText(text ?? '')} cannot be read: ${parsed.message}.`;
    context.findings.add('image-invalid', { ...placeOf(image.value), message, hint: parsed.hint });
  } else if (image !== undefined) addValue(context.findings, image.value, '“image” needs the name of an image, such as redis:7.');
  else if (build === undefined && !attributes.has('provider')) {
    const message = `The service ${quoteText(name)} has neither “image” nor “build”.`;
    context.findings.add('compose-value', { ...placeOf(entry), message, hint: 'Add “image:”.' });
  }
  return entryAt(entry.range, 'type', scalarAt(entry.range, `docker:${project}-${name}`.toLowerCase()));
}

export function toImageConfig(service: ComposeService): readonly SourceEntry[] {
  return [
    ...toArgvConfig(service, 'entrypoint', 'docker.image.entrypoint'),
    ...toArgvConfig(service, 'command', 'docker.image.commands'),
    ...toBuildConfig(service),
    ...toPullPolicy(service),
    ...toPlatform(service),
  ];
}

/** Words, or one text that is split as a shell would; `[]` and `''` empty what the image has, null keeps it. */
function toArgvConfig({ attributes, context }: ComposeService, key: string, configKey: string): readonly SourceEntry[] {
  const entry = attributes.get(key);
  if (entry === undefined) return [];
  const words = toArgv(entry);
  if (words !== null) return words === 'keep' ? [] : [entryAt(entry.range, configKey, words)];
  addValue(context.findings, entry.value, `${quoteText(key)} needs a list of words, or one text whose quotes are closed.`);
  return [];
}

/** Null where there are none. */
export function toArgv({ value }: SourceEntry): SourceNode | 'keep' | null {
  if (value.kind === 'map') return null;
  if (value.kind === 'scalar') {
    if (value.value === null) return 'keep';
    const text = textOf(value) ?? '';
    if (text.trim() === '') return listAt(value.range, []);
    return splitWords(text) === null ? null : literalAt(value.range, text);
  }
  const words = value.items.map((item) => ({ range: item.range, text: textOf(item) }));
  if (words.some(({ text }) => text === null)) return null;
  return listAt(
    value.range,
    words.map(({ range, text }) => literalAt(range, text ?? '')),
  );
}

function toPullPolicy({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  const entry = attributes.get('pull_policy');
  const text = entry === undefined ? undefined : readText(findings, entry);
  if (entry === undefined || text === undefined) return [];
  const at = (policy: string) => [entryAt(entry.range, 'docker.image.pullPolicy', scalarAt(entry.value.range, policy))];
  if (text === 'always' || text === 'never' || text === 'missing') return at(text);
  if (text === 'if_not_present') return at('missing');
  if (text === 'build') {
    if (!attributes.has('build')) addNoEffect(findings, entry, 'the service has no “build”');
    return [];
  }
  if (text === 'refresh' || text === 'daily' || text === 'weekly' || /^every_(?:\d+[wdhms])+$/.test(text)) {
    addNoEffect(findings, entry, 'an image is pulled again when the application is updated', 'Write “always” to pull at each start.');
    return [];
  }
  addValue(findings, entry.value, `“pull_policy” is always, missing, never, build, daily, weekly or every_12h, not ${quoteText(text)}.`);
  return [];
}

function toPlatform(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context } = service;
  const { findings } = context;
  const entry = attributes.get('platform');
  if (entry === undefined) return toBuildPlatform(service);
  const text = readText(findings, entry);
  if (text === undefined) return [];
  return platformAt(text, entry, findings);
}

/** Of an image that is built for one. */
function toBuildPlatform(service: ComposeService): readonly SourceEntry[] {
  const { findings } = service.context;
  const platforms = readBuildPlatforms(service);
  const [only, ...more] = readTexts(findings, platforms);
  if (platforms === undefined || only === undefined) return [];
  if (more.length === 0) return platformAt(only.text, platforms, findings);
  addUnsupported(findings, platforms, 'an image is built for the host that runs it', 'Keep one, or give the service its “platform”.');
  return [];
}

function platformAt(text: string, entry: SourceEntry, findings: Findings): readonly SourceEntry[] {
  if (text.startsWith('windows') || text.startsWith('darwin')) {
    addUnsupported(findings, entry, 'hosts run Linux');
    return [];
  }
  if (text === 'linux') return [];
  if (/^linux\/[a-z0-9]+(?:\/v\d+)?$/.test(text)) return [entryAt(entry.range, 'docker.image.platform', scalarAt(entry.value.range, text))];
  addValue(findings, entry.value, `“platform” is a system and processor such as linux/amd64, not ${quoteText(text)}.`);
  return [];
}
