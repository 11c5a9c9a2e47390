import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s HazelcastNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'hazelcast-node',
  title: 'Hazelcast node',
  description: 'One node of Hazelcast.',
  icon: 'database',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.nosql.hazelcast.HazelcastNode'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'hazelcast.node.port': preset(portRange, '5701+', 'Port'),
    'hazelcast.node.name': optional(text, 'Node name'),
    'hazelcast.node.heap.memory.size': preset(text, '256m', 'Heap'),
    'hazelcast.node.cluster.name': optional(text, 'Cluster name'),
    'hazelcast.group.name': preset(text, 'brooklyn', 'Group'),
    'hazelcast.group.password': optional(text, 'Password of the group'),
    'hazelcast.node.config.templateUrl': optional(url, 'Template of its configuration'),
    'hazelcast.node.config.fileName': optional(text, 'Name of its configuration'),
  },
  secretKeys: [...JMX_SECRETS, 'hazelcast.group.password'],
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    nodePort: 'hazelcast.node.port',
    nodeName: 'hazelcast.node.name',
    nodeHeapMemorySize: 'hazelcast.node.heap.memory.size',
    nodeClusterName: 'hazelcast.node.cluster.name',
    groupName: 'hazelcast.group.name',
    groupPassword: 'hazelcast.group.password',
    configTemplateUrl: 'hazelcast.node.config.templateUrl',
    configFileName: 'hazelcast.node.config.fileName',
  },
  sensors: [...JMX_SENSORS, { name: 'hazelcast.node.port', type: 'number', description: 'Port' }],
});
