import type { Adjunct } from '../../domain/adjunct/adjunct.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import type { Credential } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { toLiveInstance } from '../../domain/entity/live-instance.ts';
import type { Registry } from '../../domain/registry/registry.ts';
import type { FollowedRecords, Kind, Records } from '../../domain/shared/records.ts';
import { MASK } from '../../domain/shared/secret-names.ts';
import type { SecretRecord } from '../../domain/shared/secret-record.ts';
import type { ProcessSpec, ProcessStep } from '../../domain/software/process-spec.ts';
import type { Plugins } from '../../ports/plugins.ts';
import { maskBlueprint } from './mask-blueprint.ts';
import { maskParts } from './mask-parts.ts';
import { maskValue } from './mask-value.ts';

export type CredentialView = Omit<Credential, 'sealed'>;
export type SecretView = Omit<SecretRecord, 'sealed'>;

export type RegistryView = Omit<Registry, 'sealed'>;

/** Records as clients see them: the same, without sealed keys and with secret config masked. */
export type PublicRecords = Omit<Records, 'credential' | 'secret' | 'registry'> & {
  readonly credential: CredentialView;
  readonly secret: SecretView;
  readonly registry: RegistryView;
};

/** Records as those who follow them see them: of a container what there is to show of all at once. */
export type LiveRecords = Omit<PublicRecords, 'instance'> & Pick<FollowedRecords, 'instance'>;

/** One change as clients see it; `kind` tells the type of `record`, which is null when it was removed. */
export type PublicChange = { [K in Kind]: { readonly kind: K; readonly id: string; readonly record: LiveRecords[K] | null } }[Kind];

export interface RecordViews {
  view<K extends Kind>(kind: K, record: Records[K]): PublicRecords[K];
  change(kind: Kind, id: string, record: Records[Kind] | null): PublicChange;
  readonly secretKeys: ReadonlySet<string>;
}

/** Records never change in place, so each is masked once and remembered for as long as it lives. */
export function createRecordViews(plugins: Plugins): RecordViews {
  const secretKeys = secretKeysOf(plugins);
  const seen = new WeakMap<object, unknown>();
  const view = <K extends Kind>(kind: K, record: Records[K]): PublicRecords[K] => {
    const known = seen.get(record);
    if (known) return known as PublicRecords[K];
    const made = maskRecord(kind, record, secretKeys);
    seen.set(record, made);
    return made as PublicRecords[K];
  };
  const change = (kind: Kind, id: string, record: Records[Kind] | null) => {
    const shown = record === null ? null : kind === 'instance' ? toLiveInstance(record as Instance) : view<Kind>(kind, record);
    return { kind, id, record: shown } as PublicChange;
  };
  return { view, change, secretKeys };
}

function maskRecord(kind: Kind, record: Records[Kind], secretKeys: ReadonlySet<string>): object {
  switch (kind) {
    case 'entity': {
      const entity = record as Records['entity'];
      return { ...entity, spec: maskSpec(entity.spec, secretKeys), sensors: maskValue(entity.sensors, secretKeys) };
    }
    case 'application': {
      const application = record as Records['application'];
      return application.machines ? { ...application, machines: maskValue(application.machines, secretKeys) } : application;
    }
    case 'instance':
      return maskInstance(record as Instance, secretKeys);
    case 'generation': {
      const generation = record as Records['generation'];
      const { text, plan, parts } = generation;
      const shown = { text: maskBlueprint(text, secretKeys), plan: maskSpec(plan, secretKeys) };
      return { ...generation, ...shown, ...(parts ? { parts: maskParts(parts, secretKeys) } : {}) };
    }
    case 'adjunct': {
      const { memory: _, pending: __, ...shown } = record as Adjunct;
      const { config, spec } = maskValue({ config: shown.config, spec: shown.spec }, secretKeys);
      return { ...shown, ...(config === undefined ? {} : { config }), ...(spec === undefined ? {} : { spec }) };
    }
    case 'task': {
      const task = record as Records['task'];
      return task.call ? { ...task, call: maskValue(task.call, secretKeys) } : task;
    }
    case 'catalogItem': {
      const item = record as Records['catalogItem'];
      return { ...item, text: maskBlueprint(item.text, secretKeys) };
    }
    case 'credential':
    case 'secret':
    case 'registry': {
      const { sealed: _sealed, ...rest } = record as Credential | SecretRecord | Registry;
      return rest;
    }
    default:
      return record;
  }
}

/** A spec without its secrets, with all that it holds: members, policies, locations, defaults of parameters; not the files that it was made with. */
export function maskSpec(spec: EntitySpec, secretKeys: ReadonlySet<string>): EntitySpec {
  if (spec.artifacts === undefined) return maskValue(spec, secretKeys);
  const { artifacts: _, ...shown } = spec;
  return maskValue(shown, secretKeys);
}

/** Files are written from config, so what is in them is shown to nobody. */
function maskInstance(instance: Instance, secretKeys: ReadonlySet<string>): Instance {
  const { env, command, entrypoint, files, labels, healthcheck } = instance.spec;
  const shown = maskValue({ env, command, entrypoint, labels, healthcheck }, secretKeys);
  const process = instance.spec.process && { process: maskProcess(instance.spec.process, secretKeys) };
  return { ...instance, spec: { ...instance.spec, ...shown, ...process, files: files.map(maskFile) } };
}

function maskProcess(process: ProcessSpec, secretKeys: ReadonlySet<string>): ProcessSpec {
  const maskSteps = <Step extends ProcessStep>(steps: readonly Step[]): readonly Step[] =>
    steps.map((step) => ('files' in step ? { ...step, files: step.files.map(maskFile) } : maskValue(step, secretKeys)));
  const { install, customize, launch, env, check, stop } = process;
  const phases = { install: maskSteps(install), customize: maskSteps(customize), launch: maskSteps(launch) };
  return { ...process, ...maskValue({ env, check, stop }, secretKeys), ...phases };
}

function maskFile(file: FileSpec): FileSpec {
  return { ...file, content: MASK };
}

/** Config keys that entity types declare secret. */
function secretKeysOf(plugins: Plugins): ReadonlySet<string> {
  const keys = [...plugins.entityTypes.values()].flatMap((type) => ('secretKeys' in type ? (type.secretKeys as readonly string[]) : []));
  return new Set(keys);
}
