import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import { hostName } from '../../domain/cloud/host-name.ts';
import type { Entity, MachineClaim } from '../../domain/entity/entity.ts';
import type { Credential, Host, HostKey } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CredentialId } from '../../domain/shared/ids.ts';
import type { MachineLogin, ObtainedMachine } from '../../ports/host-provisioner.ts';
import type { Draft } from '../../ports/store.ts';
import { readSshKey } from '../commands/hosts/ssh-key.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { cloudOf, hostOf, machineOf } from './cloud-hosts.ts';
import { readHostSettings } from './cloud-settings.ts';
import { findCredential } from './find-credential.ts';

export interface Obtained {
  readonly entity: Entity;
  readonly claim: MachineClaim;
  readonly machine: ObtainedMachine & { readonly hostKey: HostKey };
}

/** Writes the host of a claimed machine; the host controller connects at once. @throws ClockerError input.invalid | conflict */
export function putHost(draft: Draft, context: EngineContext, { entity, claim, machine }: Obtained): void {
  const cloud = entityKind(context, entity.type) === 'host' ? cloudOf(draft, entity.parentId) : null;
  const latest = draft.get('entity', entity.id);
  if (cloud === undefined || !latest || latest.machine?.machine !== claim.machine) return;
  if (cloud === null ? machineOf(draft, latest) : hostOf(draft, entity)) return;
  const { address, port, user, hostKey, labels, place } = machine;
  for (const other of draft.all('host').values()) {
    if (other.address === address && other.port === port) {
      throw new ClockerError('conflict', {
        message: `${address}:${port} is already host ${other.name}`,
        hint: 'A machine can be in one cloud only, or have one process.',
      });
    }
  }
  const settings = readHostSettings(context, draft, entity);
  const now = context.clock.now();
  const hosts = cloud === null ? [...draft.all('host').values()].filter(isMachine) : draft.hostsOf(cloud.id);
  const number = entity.slot ?? 1;
  const wanted = cloud === null ? machineName(entity) : hostName(settings.nameFormat, { id: entity.id, number });
  const name = freeName(hosts, wanted);
  const host: Host = {
    id: newId<'host'>(context.ids),
    cloudId: cloud?.id ?? null,
    name,
    address,
    port,
    user,
    credentialId: credentialFor(draft, context, machine.login),
    hostKey,
    order: Math.max(0, ...hosts.map(({ order }) => order)) + 1,
    labels,
    cordoned: false,
    state: 'connecting',
    reason: `Connecting to ${name}`,
    since: now,
    facts: null,
    foreignContainers: 0,
    ...(cloud !== null && machine.bare && !settings.hasEngine ? { setUp: { state: 'wanted', taskId: null, problem: null } } : {}),
    origin: { ...claim, entityId: entity.id },
    ...(place === undefined || Object.keys(place).length === 0 ? {} : { place }),
    createdAt: now,
  };
  draft.put('host', host);
  draft.put('entity', { ...latest, ...(cloud === null ? {} : { name }), waitingFor: null });
}

/** A machine is called after the process that has it. */
function machineName({ name, id }: Entity): string {
  return hostName(`${name.replaceAll('%', '')}-machine`, { id, number: 1 });
}

function freeName(hosts: readonly Host[], wanted: string): string {
  const names = new Set(hosts.map(({ name }) => name));
  for (let number = 2; ; number += 1) {
    if (!names.has(wanted)) return wanted;
    if (!names.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
}

function credentialFor(draft: Draft, context: EngineContext, login: MachineLogin): CredentialId {
  if (login.kind === 'stored') return findCredential(draft, login.name).id;
  return givenCredential(draft, context, { ...login, stored: [...draft.all('credential').values()] });
}

interface Given {
  readonly name: string;
  readonly privateKey: string;
  readonly stored: readonly Credential[];
}

/** The provisioner's own key, kept once; a machine made anew may have another under the same name. */
function givenCredential(draft: Draft, context: EngineContext, { name, privateKey, stored }: Given): CredentialId {
  const key = readSshKey(privateKey, `clocker-${name}`);
  const bare = (line: string): string => line.split(' ').slice(0, 2).join(' ');
  const same = stored.find(({ publicKey }) => bare(publicKey) === bare(key.publicKey));
  if (same) return same.id;
  const id = newId<'credential'>(context.ids);
  const isTaken = stored.some((other) => other.name === name);
  const { publicKey } = key;
  const sealed = context.secrets.seal(key.privateKey);
  draft.put('credential', {
    id,
    name: isTaken ? `${name}-${id.slice(-6).toLowerCase()}` : name,
    kind: 'ssh-key',
    publicKey,
    sealed,
    createdAt: context.clock.now(),
  });
  return id;
}
