import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Where the hosts of a cloud push and pull the images that they make. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'docker-registry',
  title: 'Docker registry',
  description: 'A registry for the images of a Docker cloud.',
  icon: 'warehouse',
  planned: true,
  aliases: classNames('clocker.docker.entity.container.registry.DockerRegistry'),
  config: { 'docker.registry.port': preset(portRange, 5000, 'Port') },
  flags: { registryPort: 'docker.registry.port' },
  sensors: [
    { name: 'docker.registry.port', type: 'number', description: 'Port' },
    { name: 'docker.registry.catalog', type: 'json', description: 'Images that it has' },
  ],
});
