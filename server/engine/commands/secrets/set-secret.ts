import type { Application } from '../../../domain/entity/application.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { LONGEST_SECRET, SECRET_NAME, SECRET_PROVIDER, type SecretKey, secretId } from '../../../domain/shared/secret-record.ts';
import type { Draft } from '../../../ports/store.ts';
import { DEFAULT_ROLLOUT } from '../../apply-generation.ts';
import { type ContainerHashes, hashesOfReaders } from '../../changed-containers.ts';
import type { EngineContext } from '../../engine-context.ts';
import { usersOfSecret } from '../../secret-users.ts';
import { invalid } from '../hosts/require-valid.ts';
import { readRolloutConfig } from '../read-rollout-config.ts';
import { putGeneration } from '../update-application.ts';

export interface SecretInput extends SecretKey {
  readonly secret: string;
}

/**
 * Keeps a text, sealed. Where applications read it already and the text is another, each gets a generation of the same blueprint, rolled
 * out in its batches. Gives the names of these applications. @throws ClockerError input.invalid
 */
export async function setSecret(
  context: EngineContext,
  cause: TaskCause,
  input: SecretInput,
): Promise<{ readonly applications: readonly string[] }> {
  requireKey(input);
  const { provider, name, secret } = input;
  const id = secretId(input);
  const sealed = context.secrets.seal(secret);
  return await context.store.commit((draft) => {
    const before = draft.get('secret', id);
    const isSame = before !== undefined && context.secrets.open(before.sealed) === secret;
    if (isSame) return { applications: [] };
    const readers = before === undefined ? [] : readersOf(input, draft, context);
    draft.put('secret', { id, provider, name, sealed, setAt: context.clock.now(), setBy: cause.by });
    for (const { application, hashes } of readers) rollOut(draft, context, { cause, application, hashes, id });
    return { applications: readers.map(({ application }) => application.name).sort() };
  });
}

function requireKey({ provider, name, secret }: SecretInput): void {
  if (!SECRET_PROVIDER.test(provider)) {
    throw invalid(`${JSON.stringify(provider)} is no name for a provider of secrets`, 'Use 1 to 63 letters, digits, _ . or -.');
  }
  if (!SECRET_NAME.test(name)) {
    throw invalid(`${JSON.stringify(name)} is no name for a secret`, 'Use 1 to 200 letters, digits, _ . / or -.');
  }
  if (secret === '' || secret.length > LONGEST_SECRET) {
    throw invalid(`A secret has 1 to ${LONGEST_SECRET.toLocaleString('en')} characters, not ${secret.length}`, 'Give another text.');
  }
}

interface Reader {
  readonly application: Application;
  /** Of its containers, as they are. */
  readonly hashes: ContainerHashes;
}

function readersOf(key: SecretKey, draft: Draft, context: EngineContext): readonly Reader[] {
  const users = usersOfSecret(key, { view: draft, types: context.plugins.entityTypes });
  return [...new Set(users.map(({ applicationId }) => applicationId))].flatMap((id) => {
    const application = draft.get('application', id);
    const isLeaving = draft.get('entity', application?.rootId ?? '')?.goal !== 'running';
    if (application === undefined || isLeaving) return [];
    const kept = draft.entitiesOf(id).map((entity) => ({ entity, spec: entity.spec, changed: false }));
    return [{ application, hashes: hashesOfReaders(kept, draft, context) }];
  });
}

interface RollingOut extends Reader {
  readonly cause: TaskCause;
  readonly id: string;
}

function rollOut(draft: Draft, context: EngineContext, { cause, application, hashes, id }: RollingOut): void {
  const latest = draft.get('generation', `${application.id}:${application.generation}`);
  if (!latest) return;
  const { text, parts, plan: root } = latest;
  const settings = { ...DEFAULT_ROLLOUT, ...readRolloutConfig(root) };
  putGeneration(draft, context, cause, {
    application,
    text,
    parts,
    root,
    reason: `secret ${id}`,
    title: `Update ${application.name}`,
    settings,
    hashes,
  });
}
