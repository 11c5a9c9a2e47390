import type { Entity, MachineClaim } from '../../domain/entity/entity.ts';
import type { LocationSpec } from '../../domain/entity/entity-spec.ts';
import type { HostKey } from '../../domain/entity/host.ts';
import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostProvisioner, ObtainedMachine } from '../../ports/host-provisioner.ts';
import { openTaskOf } from '../controllers/entity-step.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { takenMachines } from './cloud-hosts.ts';
import { readHostSettings } from './cloud-settings.ts';
import { machineSources } from './machine-sources.ts';
import { putHost } from './put-host.ts';

/** Tries to claim before it gives up for now: others that claim at the same moment go first. */
const CLAIMS_AT_ONCE = 64;

/** A key that nobody has confirmed: no machine shows it. */
export const UNCONFIRMED_KEY: HostKey = { type: '', fingerprint: '' };

export type Claiming = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** Puts the name of the next free machine on the entity: from now on it is nobody else's. */
export async function claimMachine(context: EngineContext, entity: Entity, signal: AbortSignal): Promise<Claiming> {
  const { store } = context;
  const sources = machineSources(store.view, entity);
  if (sources.length === 0) return { ok: false, why: 'Nothing says where its machine comes from: give a location such as byon or lab' };
  for (const location of sources) {
    const provisioner = context.provisioners.get(location.kind);
    if (!provisioner) return { ok: false, why: `Nothing gives machines of the kind ${location.kind}` };
    for (let tries = 0; tries < CLAIMS_AT_ONCE; tries += 1) {
      const machine = await provisioner.offer(location, takenMachines(store.view, provisioner.id), { signal });
      if (machine === null) break;
      if (await putClaim(context, entity, { provisioner: provisioner.id, machine })) return { ok: true };
    }
  }
  const places = [...new Set(sources.map(({ kind }) => kind))].join(', ');
  return {
    ok: false,
    why: `No machine is left: every one of ${places} is in use. Add machines to the location, or give hosts back. It is asked again once a minute`,
  };
}

function putClaim({ store }: EngineContext, { id }: Entity, claim: MachineClaim): Promise<boolean> {
  return durableCommit('machine.claim', () =>
    store.commit((draft) => {
      const latest = draft.get('entity', id);
      if (latest?.goal !== 'running' || latest.machine) return latest !== undefined;
      if (takenMachines(draft, claim.provisioner).has(claim.machine)) return false;
      const { machine: _problem, ...problems } = latest.problems;
      draft.put('entity', { ...latest, machine: claim, waitingFor: null, problems });
      return true;
    }),
  );
}

/** Obtains the claimed machine and makes a host of it, in one commit with its credential. */
export async function obtainMachine(context: EngineContext, entity: Entity, claim: MachineClaim): Promise<void> {
  const { store, tasks } = context;
  await durableStep({
    name: 'machine.obtain',
    act: () => {
      const start = { name: `Obtain machine ${claim.machine}`, cause: { kind: 'controller', by: 'cloud' } } as const;
      const subject = { applicationId: entity.applicationId, entityId: entity.id, parentId: openTaskOf(context, entity) };
      return tasks.run({ ...start, ...subject }, async (task) => {
        const machine = await obtain(context, entity, claim, {
          signal: task.signal,
          onProgress: ({ step, detail, fraction }) => task.progress({ text: `${step}: ${detail}`, fraction }),
        });
        const hostKey = await keyOf(context, machine, task.signal);
        if (hostKey === UNCONFIRMED_KEY) task.line('info', `${machine.address} waits until a person has confirmed its key`);
        return { ...machine, hostKey };
      });
    },
    record: (machine) => store.commit((draft) => putHost(draft, context, { entity, claim, machine })),
  });
}

type Obtaining = NonNullable<Parameters<HostProvisioner['obtain']>[1]>;

async function obtain(
  context: EngineContext,
  entity: Entity,
  { provisioner: id, machine }: MachineClaim,
  how: Obtaining,
): Promise<ObtainedMachine> {
  const provisioner = context.provisioners.get(id);
  const locations = machineSources(context.store.view, entity).filter(({ kind }) => kind === id);
  const { minMemoryBytes, minCpus } = readHostSettings(context, context.store.view, entity);
  const wish = {
    ...(minMemoryBytes === undefined ? {} : { memoryBytes: minMemoryBytes }),
    ...(minCpus === undefined ? {} : { cpus: minCpus }),
  };
  let last: unknown = new ClockerError('not-found', { message: `No location gives the machine ${machine} any more` });
  for (const location of provisioner ? locations : []) {
    try {
      return await askFor(provisioner, { machine, location, ...wish }, how);
    } catch (error) {
      if (!isClockerError(error) || error.code !== 'not-found') throw error;
      last = error;
    }
  }
  throw last;
}

function askFor(
  provisioner: HostProvisioner | undefined,
  request: { readonly machine: string; readonly location: LocationSpec },
  how: Obtaining,
): Promise<ObtainedMachine> {
  if (provisioner) return provisioner.obtain(request, how);
  throw new ClockerError('not-found', { message: `Nothing gives machines of the kind ${request.location.kind}` });
}

/** The key to pin. One that a person has to accept is none yet: the host is then refused, and says what it shows. */
async function keyOf({ connector }: EngineContext, { key, address, port }: ObtainedMachine, signal: AbortSignal): Promise<HostKey> {
  switch (key.kind) {
    case 'known':
      return key.hostKey;
    case 'ask':
      return UNCONFIRMED_KEY;
    case 'first-use':
      return await connector.scanHostKey(address, port, { signal });
    case 'pinned': {
      const shown = await connector.scanHostKey(address, port, { signal });
      if (shown.fingerprint === key.fingerprint) return shown;
      throw new ClockerError('host.key-changed', {
        message: `${address}:${port} shows the ${shown.type} key ${shown.fingerprint}, and the location says ${key.fingerprint}`,
        hint: 'Compare with ssh-keygen -l on the machine, and correct the location.',
      });
    }
  }
}
