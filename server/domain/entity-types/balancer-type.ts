import { z } from 'zod';
import { containerPort, imageName, imageTag, SHARED_CONTAINER_FLAGS, sharedContainerShape } from '../entity/container-config.ts';
import { mappedPort, toHostPort } from '../entity/container-sensors.ts';
import { SENSOR, type Sensors } from '../entity/entity.ts';
import { entityReference } from '../entity/entity-reference.ts';
import type { Host } from '../entity/host.ts';
import type { Instance } from '../entity/instance.ts';
import { parsePortRange } from '../entity/quantities.ts';
import { LOAD_BALANCER_CONFIG, LOAD_BALANCER_FLAGS } from './load-balancer-config.ts';
import { PROCESS_CONFIG, PROCESS_FLAGS } from './process-config.ts';

const { 'loadbalancer.serverpool': _pool, 'proxy.http.port': _port, ...OTHERS } = LOAD_BALANCER_CONFIG;

const target = entityReference.optional();
const listenRange = z
  .union([z.number(), z.string()], 'needs a port or a range such as 8000-8010')
  .refine((value) => parsePortRange(value) !== null, 'needs a port from 1 to 65535, a range such as 8000-8010, or 8000+')
  .refine((value) => (parsePortRange(value)?.from ?? 0) !== 22, 'cannot be 22: that is the host’s SSH');

/** What all load balancers of ours act on, and Brooklyn's keys that they are told about. */
export function balancerConfig(image: string, tag: string, title: string) {
  return {
    ...PROCESS_CONFIG,
    ...OTHERS,
    'loadBalancer.target': target.meta({ title: 'Target', description: 'The cluster or service that it balances over.' }),
    'proxy.http.port': listenRange
      .default('8000-8999')
      .meta({ title: 'Port', description: 'Port of the host; of a range the first that is free.' }),
    'member.port': containerPort
      .optional()
      .meta({ title: 'Member port', description: 'Port of the members’ containers; their first unless given.' }),
    'docker.image.name': imageName.default(image).meta({ title: 'Image', description: `${title} ${tag} or later.` }),
    'docker.image.tag': imageTag.default(tag).meta({ title: 'Tag', description: 'Where the image says none.' }),
    ...sharedContainerShape,
  };
}

export const BALANCER_FLAGS = {
  ...PROCESS_FLAGS,
  ...LOAD_BALANCER_FLAGS,
  ...SHARED_CONTAINER_FLAGS,
  target: 'loadBalancer.target',
  serverPool: 'loadBalancer.target',
  'loadbalancer.serverpool': 'loadBalancer.target',
  'cluster.loadbalancer.target': 'loadBalancer.target',
  port: 'proxy.http.port',
  proxyHttpPort: 'proxy.http.port',
  memberPort: 'member.port',
  imageName: 'docker.image.name',
  imageTag: 'docker.image.tag',
} as const;

export const BALANCER_PLANNED = {
  'proxy.ssl.config': 'it serves HTTP only',
  'loadbalancer.urlmappings': 'it balances over one cluster',
} as const;

const MEMBERS = 'members are reached at the address that the load balancer can reach';

export const BALANCER_NOT_HONOURED = {
  'member.sensor.hostname': MEMBERS,
  'member.sensor.portNumber': 'members are reached at member.port, or their first port',
  'member.sensor.hostandport': MEMBERS,
  'proxy.https.port': 'it serves HTTP only',
  'proxy.protocol': 'it serves HTTP only',
  'proxy.domainName': 'it answers for every name',
  'controller.config.serviceUpUrlPath': 'it is up when it takes connections',
} as const;

interface Balancing {
  readonly 'loadBalancer.target'?: z.infer<typeof target>;
  readonly 'proxy.http.port': z.infer<typeof listenRange>;
}

export function targetsOf(value: Balancing, find: (planId: string) => { readonly id: string } | undefined): readonly string[] {
  const given = value['loadBalancer.target'];
  if (given === undefined) return [];
  if (typeof given !== 'string') return [given.$entity];
  const entity = find(given);
  return entity === undefined ? [] : [entity.id];
}

/** Of a range the first port that is free is chosen where it is placed in a cloud; a machine that it has for itself has the first. */
export function listenPort(value: Balancing): number {
  return parsePortRange(value['proxy.http.port'])?.from ?? 8000;
}

export function balancerUri(value: Balancing, { instance, host }: { readonly instance: Instance; readonly host: Host }): Sensors {
  const port = mappedPort(instance, listenPort(value));
  return port === undefined ? {} : { [SENSOR.mainUri]: `http://${toHostPort(host.address, port)}/` };
}
