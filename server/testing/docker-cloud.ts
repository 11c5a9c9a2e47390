export interface DockerCloud {
  /** Of others, where to deploy to it. */
  readonly location: string;
  readonly hosts: number;
}

/** A Docker cloud as a blueprint, deployed to where its hosts come from. More of its config may follow, indented by four. */
export const dockerCloud = ({ location, hosts }: DockerCloud): string => `
name: Docker cloud
services:
- type: docker-infrastructure
  id: cloud
  brooklyn.config:
    entity.dynamicLocation.name: ${location}
    docker.host.cluster.initial.size: ${hosts}
`;
