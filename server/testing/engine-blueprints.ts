import { CLOUD } from './engine-fixture.ts';

export interface ShopOptions {
  readonly size?: number;
  readonly image?: string;
  readonly memory?: string;
  readonly env?: string;
  readonly update?: string;
}

/** A cluster of web servers behind a load balancer, and a database that they need. */
export function shopBlueprint({ size = 3, image = 'nginx:1', memory = '64m', env = 'one', update = '' }: ShopOptions = {}): string {
  return `
name: shop
location: ${CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: ${size}
    ${update}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:${image}
        brooklyn.config:
          docker.container.openPorts: [80]
          memory: ${memory}
          env:
            SETTING: ${env}
            DB_URL: $brooklyn:component("db").attributeWhenReady("datastore.url")
- type: haproxy
  id: lb
  brooklyn.config:
    loadBalancer.target: $brooklyn:component("web")
- type: mariadb
  id: db
`;
}

/** One stateless container. */
export function soloBlueprint({ image = 'redis:7', ports = '[6379]' }: { readonly image?: string; readonly ports?: string } = {}): string {
  return `
name: solo
location: ${CLOUD}
services:
- type: docker:${image}
  id: cache
  brooklyn.config:
    docker.container.openPorts: ${ports}
`;
}

/** One container with a named volume. */
export function storageBlueprint(): string {
  return `
name: storage
location: ${CLOUD}
services:
- type: docker:postgres:16
  id: files
  brooklyn.config:
    docker.container.volumes: ['data:/var/lib/data']
`;
}

/** A job that ends, and a service that needs it to have ended well. */
export function jobBlueprint({ round = 1 }: { readonly round?: number } = {}): string {
  return `
name: jobs
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  dependsOn: { job: { condition: completed, restart: true } }
- type: docker:job:1
  id: job
  brooklyn.config:
    docker.container.restartPolicy: on-failure
    docker.container.environment: { ROUND: ${round} }
`;
}

export interface NetworkedOptions {
  /** Without it, the same services on no network. */
  readonly joined?: boolean;
  readonly webPorts?: string;
  /** How the network `back` is made. */
  readonly back?: string;
  readonly apiNetworks?: string;
  /** What else is said of the cache. */
  readonly cache?: string;
}

/** A web server on two networks, a cluster and a cache on one of them. */
export function networkedBlueprint(options: NetworkedOptions = {}): string {
  const { joined = true, webPorts = 'openPorts: [80]', back = 'internal: true', apiNetworks = '[back]', cache = '' } = options;
  const on = (networks: string): string => (joined ? `docker.container.networks: ${networks}` : 'docker.container.user: 1');
  return `
name: mesh
location: ${CLOUD}
brooklyn.config:
  docker.networks:
    back: { ${back} }
services:
- type: docker:nginx:1
  id: web
  ${webPorts}
  brooklyn.config:
    ${on('[{ name: front, aliases: [www] }, back]')}
- type: docker:redis:7
  id: cache
  brooklyn.config:
    ${on('[back]')}
    ${cache}
- type: cluster
  id: api
  brooklyn.config:
    cluster.initial.size: 2
    memberSpec:
      $brooklyn:entitySpec:
        type: docker:api:1
        brooklyn.config:
          ${on(apiNetworks)}
`;
}

/** A cluster of six. */
export const MANY_MEMBERS = `
name: many
location: ${CLOUD}
services:
- type: dynamic-cluster
  id: web
  initialSize: 6
  memberSpec: { type: 'docker:web:1', openPorts: [80] }
`;

/** Two that share a network which ends at a host. */
export const TIED_PAIR = `
name: tied
location: ${CLOUD}
brooklyn.config: { docker.networks: { back: {} } }
services:
- { type: 'docker:web:1', id: web, networks: [back] }
- { type: 'docker:api:1', id: api, networks: [back] }
`;

export const WITH_DATA = `
name: data
location: ${CLOUD}
services:
- { type: 'docker:db:1', id: db, volumes: ['data:/data'] }
`;
