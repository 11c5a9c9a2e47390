import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CrateNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'crate',
  title: 'Crate',
  description: 'A Crate database node.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.database.crate.CrateNode', 'org.apache.brooklyn.entity.database.crate.CrateNode'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...CREATION_SCRIPT_CONFIG,
    'crate.port': preset(portRange, '4300+', 'Port'),
    'crate.httpPort': preset(portRange, '4200+', 'HTTP port'),
    'crate.serverConfig': optional(url, 'Template of its configuration'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...CREATION_SCRIPT_FLAGS,
    port: 'crate.port',
    httpPort: 'crate.httpPort',
    serverConfig: 'crate.serverConfig',
  },
  sensors: [
    ...JMX_SENSORS,
    ...DATASTORE_SENSORS,
    { name: 'crate.port', type: 'number', description: 'Port' },
    { name: 'crate.httpPort', type: 'number', description: 'HTTP port' },
    { name: 'crate.managementUri', type: 'string', description: 'Its management page' },
  ],
});
