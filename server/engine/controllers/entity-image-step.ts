import { markStages } from '../../domain/build/mark-stages.ts';
import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import { type HostImage, hostImageId } from '../../domain/entity/host-image.ts';
import type { ImageBuild } from '../../domain/entity/image-build.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LABEL } from '../../domain/entity/ownership.ts';
import type { TaskProgress } from '../../domain/entity/task.ts';
import { baseImages } from '../../domain/registry/base-images.ts';
import { nameOnHost } from '../../domain/registry/image-source.ts';
import { ClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { pullPolicyOf } from '../config-of.ts';
import { durableStep } from '../durable-step.ts';
import { loginFor, loginOf, sourceOfImage } from '../registry-login.ts';
import { filesOfContext } from '../sources/keep-context.ts';
import { imageKey } from './entity-images.ts';
import { runStepTask, type StepInput } from './entity-step.ts';

/** A build that takes longer is given up. */
const BUILD_LIMIT_MS = 30 * 60_000;
/** On images that we built: only these may be removed by us. */
const IMAGE_LABEL = 'io.clocker.image';

/** Sees to it that the image is on the host. What is there already is used without asking the registry, unless the pull policy wants it. */
export async function ensureImage(input: StepInput, instance: Instance, spec: ContainerSpec): Promise<void> {
  const { context, memory, entity } = input;
  const { hostId } = instance;
  const policy = pullPolicyOf(entity, { view: context.store.view, types: context.plugins.entityTypes });
  const source = sourceOfImage(spec.image, context.store.view);
  const wanted = { hostId, image: imageKey(spec), from: source.key, now: context.clock.now() };
  await memory.images.ensure(wanted, async () => {
    const session = requireSession(input, instance);
    const { signal } = input;
    const platform = spec.options?.platform;
    const mayBeThere = policy !== 'always' || spec.build !== undefined || spec.snapshot !== undefined;
    if (mayBeThere && (await session.engine.imageExists(nameOnHost(spec.image, source), { signal, platform }))) return;
    if (spec.snapshot) return await pullSnapshot(input, session, { hostId, spec });
    if (policy === 'never') throw notThere(input, instance, spec);
    if (spec.build) return await obtainBuilt(input, session, { hostId, spec, build: spec.build });
    await durableStep({
      name: 'image.pull',
      act: () => pull(input, session, { hostId, image: spec.image, platform, isNew: mayBeThere && platform === undefined }),
      record: (brought) => keep(input, brought),
    });
  });
  memory.pulledFor.add(instance.id);
}

/** The image of the next incarnation, before the present one is stopped. */
export async function prefetchImage(input: StepInput, instance: Instance): Promise<void> {
  if (input.resolution.kind === 'resolved') await ensureImage(input, instance, input.resolution.spec);
}

interface Building {
  readonly hostId: HostId;
  readonly spec: ContainerSpec;
  readonly build: ImageBuild;
}

/** From the registry of its cloud, where another host has pushed it; else it is built here; the push for the others holds up nobody. */
async function obtainBuilt(input: StepInput, session: HostSession, building: Building): Promise<void> {
  const { signal } = input;
  const { image } = building.spec;
  const registry = registryOf(input, building.hostId);
  const remote = registry === undefined ? undefined : `${registry}/${image}`;
  const brought = { hostId: building.hostId, name: image, ...(remote === undefined ? {} : { otherName: remote }) };
  if (remote !== undefined && (await pullBuilt(input, session, { spec: building.spec, remote }))) {
    await session.engine.tagImage(remote, image, { signal });
    return await keep(input, { ...brought, how: 'pulled' });
  }
  for (const base of baseImages(building.build.dockerfile, building.build.args))
    await ensureBase(input, session, { hostId: building.hostId, ...base });
  await durableStep({
    name: 'image.build',
    act: () => buildOn(input, session, building),
    record: () => keep(input, { ...brought, how: 'built', ...(remote === undefined ? {} : { unpushed: remote }) }),
  });
}

/** One that was pushed; it gets the name that it has on its own host. */
async function pullSnapshot(input: StepInput, session: HostSession, { hostId, spec }: Omit<Building, 'build'>): Promise<void> {
  const { context, signal } = input;
  const snapshot = spec.snapshot && context.store.view.get('snapshot', spec.snapshot.id);
  if (snapshot?.push?.state !== 'done') {
    throw new ClockerError('image.not-found', {
      message: `${context.store.view.get('host', hostId)?.name ?? hostId} has no ${spec.image}, the snapshot that it is to run from`,
      hint: "Take it back to the blueprint's image, or restore another snapshot.",
    });
  }
  const { reference } = snapshot.push;
  await durableStep({
    name: 'image.pull',
    act: () =>
      runStepTask(input, { name: `Pull ${reference}`, hostId }, async (task) => {
        const login = loginFor(context, reference);
        const onProgress = (progress: TaskProgress): void => task.progress(progress);
        await session.engine.pullImage(reference, { signal: AbortSignal.any([signal, task.signal]), login, onProgress });
        await session.engine.tagImage(reference, spec.image, { signal });
      }),
    record: () => keep(input, { hostId, name: spec.image, otherName: reference, how: 'pulled' }),
  });
}

/** The engine would fetch it by itself, with no login and from nowhere else. */
async function ensureBase(input: StepInput, session: HostSession, base: Omit<Pull, 'isNew'>): Promise<void> {
  const { signal } = input;
  const { image, platform } = base;
  if (await session.engine.imageExists(image, { signal, platform })) return;
  const wanted = { ...base, isNew: platform === undefined };
  await durableStep({ name: 'image.pull', act: () => pull(input, session, wanted), record: (brought) => keep(input, brought) });
}

function registryOf({ context }: StepInput, hostId: HostId): string | undefined {
  const { view } = context.store;
  return cloudOfHost(view, view.get('host', hostId))?.imageRegistry;
}

/** False where nobody has pushed it, or the registry cannot be asked: it is built then. */
async function pullBuilt(
  input: StepInput,
  session: HostSession,
  { spec, remote }: Pick<Building, 'spec'> & { readonly remote: string },
): Promise<boolean> {
  try {
    // No task of its own: that the first host finds none is no failure.
    const login = loginFor(input.context, remote);
    await session.engine.pullImage(remote, { signal: input.signal, platform: spec.options?.platform, login });
    return true;
  } catch (error) {
    if (['image.not-found', 'image.pull-failed', 'image.pull-stalled'].includes(toClockerError(error).code)) return false;
    throw error;
  }
}

/** Of what one builds, one build on a host at a time: others that want the same image wait for it, and a failure is theirs too until the next try. */
async function buildOn(input: StepInput, session: HostSession, { hostId, spec, build }: Building): Promise<void> {
  const { image: name, options } = spec;
  const { planeId } = input.context.secrets;
  await runStepTask(input, { name: `Build ${name}`, hostId }, async (task) => {
    for (const line of build.dockerfile.split('\n')) if (line !== '') task.line('info', line);
    const signal = AbortSignal.any([input.signal, task.signal, AbortSignal.timeout(BUILD_LIMIT_MS)]);
    const onOutput = (text: string): void => {
      for (const line of text.split('\n')) if (line.trim() !== '') task.line('stdout', line);
      if (/^Step \d+\/\d+/.test(text)) task.progress({ text: text.trim().slice(0, 120), fraction: stepOf(text) });
    };
    const { dockerfile, context, path, args, target, labels } = build;
    const files = context === undefined ? undefined : await filesOfContext(input.context, context);
    const own = { [LABEL.plane]: planeId, [IMAGE_LABEL]: '1' };
    await session.engine.buildImage(
      {
        name,
        dockerfile: markStages(dockerfile, planeId),
        files,
        path,
        args,
        target,
        labels: { ...labels, ...own },
        platform: options?.platform,
      },
      { signal, onOutput },
    );
  });
}

/** `Step 2/3 : …` is a third of the way. */
function stepOf(text: string): number | null {
  const [, step, steps] = /^Step (\d+)\/(\d+)/.exec(text) ?? [];
  return step === undefined || steps === undefined ? null : (Number(step) - 1) / Number(steps);
}

interface Pull {
  readonly hostId: HostId;
  readonly image: string;
  readonly platform: string | undefined;
  /** Nothing has this name on the host. */
  readonly isNew: boolean;
}

type Brought = Pick<HostImage, 'hostId' | 'name' | 'otherName' | 'how' | 'unpushed'>;

/** Null where it was there before under this name: then it is not ours to remove. */
async function pull(input: StepInput, session: HostSession, { hostId, image, platform, isNew }: Pull): Promise<Brought | null> {
  const { context } = input;
  const source = sourceOfImage(image, context.store.view);
  const { reference, isElsewhere } = source;
  const name = nameOnHost(image, source);
  const wasThere = !isNew && (await session.engine.imageExists(name, { signal: input.signal }));
  await runStepTask(input, { name: `Pull ${image}`, hostId }, async (task) => {
    if (isElsewhere) task.line('info', `From ${reference}`);
    const signal = AbortSignal.any([input.signal, task.signal]);
    const login = loginOf(context, source.login);
    await session.engine.pullImage(reference, { signal, platform, login, onProgress: (progress) => task.progress(progress) });
    if (name !== reference) await session.engine.tagImage(reference, image, { signal });
  });
  return wasThere ? null : { hostId, name, how: 'pulled', ...(name === reference ? {} : { otherName: reference }) };
}

/** Remembers what we have brought to the host. */
async function keep({ context: { store, clock } }: StepInput, brought: Brought | null): Promise<void> {
  if (brought === null) return;
  const id = hostImageId(brought.hostId, brought.name);
  await store.commit((draft) => {
    if (draft.get('host', brought.hostId)) draft.put('image', { id, ...brought, at: clock.now() });
  });
}

function notThere({ context }: StepInput, { hostId }: Instance, { image }: ContainerSpec): ClockerError {
  const name = context.store.view.get('host', hostId)?.name ?? hostId;
  return new ClockerError('image.not-found', {
    message: `There is no image ${image} on ${name}, and its pull policy is never`,
    hint: 'Load the image there, or let docker.image.pullPolicy be missing.',
  });
}

/** Pulls take long and mostly wait for the network, so they take no place in the host's queue of operations. */
function requireSession({ context }: StepInput, { hostId }: Instance): HostSession {
  const session = context.hosts.ready(hostId);
  if (session) return session;
  const name = context.store.view.get('host', hostId)?.name ?? hostId;
  throw new ClockerError('host.unreachable', { message: `Cannot pull on ${name}: it is not ready`, retryable: true });
}
