import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s KarafContainer. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'karaf',
  title: 'Karaf',
  description: 'A Karaf OSGi container.',
  icon: 'component',
  planned: true,
  aliases: classNames('brooklyn.entity.osgi.karaf.KarafContainer', 'org.apache.brooklyn.entity.osgi.karaf.KarafContainer'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'karaf.name': preset(text, 'root', 'Name'),
    'karaf.runtime.files': optional(anyMap, 'Files'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    karafName: 'karaf.name',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'karaf.admin.state', type: 'string', description: 'Its state' },
    { name: 'karaf.admin.pid', type: 'number', description: 'Process id' },
    { name: 'karaf.admin.ssh_port', type: 'number', description: 'SSH port' },
  ],
  effectors: [
    { name: 'installFeature', description: 'Install a feature', parameters: z.object({ featureName: text }), destructive: false },
  ],
});
