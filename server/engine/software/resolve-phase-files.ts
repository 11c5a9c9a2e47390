import { resolveTemplate } from '../../domain/blueprint/resolve-config.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isJsonObject } from '../../domain/shared/json.ts';
import { dataText, FILE_PHASES } from '../../domain/software/phase-files.ts';
import type { PhaseFiles, SoftwareConfig } from '../../domain/software/to-process-spec.ts';
import type { ConfigSource } from '../config-of.ts';
import type { ContainerResolution } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';

type Unresolved = Exclude<ContainerResolution, { readonly kind: 'resolved' }>;
type Files = { readonly kind: 'resolved'; readonly files: PhaseFiles } | Unresolved;
type Filled = { readonly kind: 'text'; readonly text: string } | Unresolved;

interface Given {
  readonly config: unknown;
  readonly source: ConfigSource;
}

const MODE = 0o644;

/** Contents of files as they were kept when it was deployed, and of templates as they are filled in now. */
export function resolvePhaseFiles(entity: Entity, context: Pick<EngineContext, 'clock' | 'secretTexts'>, { config, source }: Given): Files {
  const given = config as SoftwareConfig;
  const files: Record<keyof PhaseFiles, FileSpec[]> = { preinstall: [], install: [], customize: [], runtime: [] };
  for (const phase of FILE_PHASES) {
    for (const kind of ['files', 'templates'] as const) {
      const map = given[`${kind}.${phase}`];
      for (const [from, to] of isJsonObject(map ?? null) ? Object.entries(map as Readonly<Record<string, string>>) : []) {
        const text = textOf(entity, from, source);
        if (text.kind !== 'text') return text;
        const filled = kind === 'files' ? text : fill(entity, context, { text: text.text, config: given, source });
        if (filled.kind !== 'text') return filled;
        files[phase].push({ path: String(to), content: filled.text, mode: MODE });
      }
    }
  }
  return { kind: 'resolved', files };
}

function textOf({ applicationId }: Entity, from: string, { view }: ConfigSource): Filled {
  const data = dataText(from);
  if (data !== undefined) return data.ok ? { kind: 'text', text: data.text } : { kind: 'invalid', problem: data.message };
  const application = view.get('application', applicationId);
  // Of an application that is only previewed nothing was gathered.
  if (!application) return { kind: 'text', text: '' };
  const text = view.get('entity', application.rootId)?.spec.artifacts?.files?.[from];
  return text === undefined
    ? { kind: 'invalid', problem: `the file “${from}” was not kept: update the application` }
    : { kind: 'text', text };
}

interface Filling {
  readonly text: string;
  readonly config: SoftwareConfig;
  readonly source: ConfigSource;
}

function fill(
  entity: Entity,
  { clock, secretTexts }: Pick<EngineContext, 'clock' | 'secretTexts'>,
  { text, config, source }: Filling,
): Filled {
  const { view, types } = source;
  const substitutions = config['template.substitutions'] ?? {};
  const filled = resolveTemplate(text, substitutions, { self: entity, view, types, secrets: secretTexts.reader(view), now: clock.now() });
  if (filled.ok) return { kind: 'text', text: filled.value };
  if ('error' in filled) return { kind: 'invalid', problem: filled.error.message };
  const { waitingFor, waits, lookAgainAt } = filled;
  return { kind: 'waiting', for: waitingFor, waits, ...(lookAgainAt === null ? {} : { lookAgainAt }) };
}
