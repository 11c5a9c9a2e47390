import { dockerCloud } from './docker-cloud.ts';

export interface SdnCloud {
  /** Of others, where to deploy to it. */
  readonly location: string;
  /** Default 3. */
  readonly hosts?: number;
  /** Entity type of its provider; the usual one unless given. */
  readonly provider?: string;
}

/** A Docker cloud whose networks reach from one host to another; containers go to the emptiest. */
export const sdnCloud = ({
  location,
  hosts = 3,
  provider,
}: SdnCloud): string => `${dockerCloud({ location, hosts })}    docker.container.strategies:
    - $brooklyn:object: { type: breadth-first }
    sdn.enable: true${provider === undefined ? '' : `\n    sdn.provider.spec: { $brooklyn:entitySpec: { type: ${provider} } }`}
`;

/** A cluster that serves on 8080, a container that serves only itself there, and one on another network. */
export const faultyShop = (name: string): string => `
name: ${name}
location: fault-cloud
brooklyn.config:
  docker.networks: { back: { internal: true }, front: {} }
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 3
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: "docker:busybox:1.35"
        brooklyn.config: { docker.image.commands: [httpd, -f, -p, "8080"], docker.container.networks: [back] }
- type: "docker:busybox:1.35"
  id: db
  brooklyn.config: { docker.image.commands: [httpd, -f, -p, "127.0.0.1:8080"], docker.container.networks: [back] }
- type: "docker:busybox:1.35"
  id: alone
  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [front] }
`;
