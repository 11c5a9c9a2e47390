import { entityReference } from '../../domain/entity/entity-reference.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { toBalancedCluster } from '../../domain/entity-types/balanced-cluster.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { CONTAINER_PLACEMENT_CONFIG, CONTAINER_PLACEMENT_FLAGS } from '../../domain/entity-types/container-placement-config.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import {
  WAR_CONFIG,
  WAR_EFFECTORS,
  WAR_FLAGS,
  WEB_CLUSTER_SENSORS,
  WEB_CONFIG,
  WEB_FLAGS,
} from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ControlledDynamicWebAppCluster: makes a DynamicWebAppCluster of its members, and a load balancer over it. */
export const plugin: EntityTypePlugin = {
  ...clusterType({
    planned: false,
    id: 'controlled-web-cluster',
    title: 'Balanced web cluster',
    description: 'A cluster of web servers and the load balancer in front of it.',
    icon: 'layers',
    aliases: [
      ...classNames(
        'brooklyn.entity.webapp.ControlledDynamicWebAppCluster',
        'org.apache.brooklyn.entity.webapp.ControlledDynamicWebAppCluster',
      ),
      'WebAppCluster',
      'tomcat-webapp-cluster',
    ],
    memberType: 'tomcat',
    config: {
      ...JAVA_CONFIG,
      ...WEB_CONFIG,
      ...WAR_CONFIG,
      ...CONTAINER_PLACEMENT_CONFIG,
      'controlleddynamicwebappcluster.controllerSpec': optional(nestedSpec, 'Load balancer', 'HAProxy unless given.'),
      'controlleddynamicwebappcluster.controller': optional(entityReference, 'Load balancer that is there', 'Instead of one of its own.'),
      'controlleddynamicwebappcluster.controlledgroup': optional(entityReference, 'Members to balance over', 'Its own unless given.'),
      'controlleddynamicwebappcluster.webClusterSpec': optional(nestedSpec, 'Cluster', 'How the cluster of its members is made.'),
      'proxy.http.port': optional(portRange, 'Port of the load balancer'),
      'proxy.https.port': optional(portRange, 'HTTPS port of the load balancer'),
      'install.version': optional(text, 'Version'),
      'shell.env': optional(anyMap, 'Environment', 'Of the members.'),
      'provisioning.properties': optional(anyMap, 'Machine'),
    },
    flags: {
      ...JAVA_FLAGS,
      ...WEB_FLAGS,
      ...WAR_FLAGS,
      ...CONTAINER_PLACEMENT_FLAGS,
      controllerSpec: 'controlleddynamicwebappcluster.controllerSpec',
      controller: 'controlleddynamicwebappcluster.controller',
      controlledGroup: 'controlleddynamicwebappcluster.controlledgroup',
      webClusterSpec: 'controlleddynamicwebappcluster.webClusterSpec',
      version: 'install.version',
      env: 'shell.env',
      provisioningProperties: 'provisioning.properties',
    },
    sensors: [
      ...WEB_CLUSTER_SENSORS,
      { name: 'controlleddynamicwebappcluster.controller', type: 'json', description: 'Its load balancer' },
      { name: 'controlleddynamicwebappcluster.cluster', type: 'json', description: 'The cluster of its members' },
      { name: 'proxy.http.port', type: 'number', description: 'Port of the load balancer' },
      { name: 'proxy.https.port', type: 'number', description: 'HTTPS port of the load balancer' },
      { name: 'mapped.main.uri', type: 'string', description: 'Its page: reached through its host' },
      { name: 'host.name', type: 'string', description: 'Name of where its load balancer runs' },
      { name: 'host.address', type: 'string', description: 'Address of its load balancer' },
    ],
    effectors: WAR_EFFECTORS,
  }),
  plannedKeys: {
    'controlleddynamicwebappcluster.controller': 'it makes a load balancer of its own',
    'controlleddynamicwebappcluster.controlledgroup': 'it balances over its own members',
  },
  notHonoured: {
    'proxy.https.port': 'its load balancer serves HTTP only',
    'webapp.https.ssl': 'its load balancer serves HTTP only',
  },
  compose: toBalancedCluster,
};
