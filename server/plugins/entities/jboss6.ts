import { duration } from '../../domain/entity/container-config.ts';
import { integer, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import {
  WAR_CONFIG,
  WAR_EFFECTORS,
  WAR_FLAGS,
  WAR_SENSORS,
  WEB_CONFIG,
  WEB_FLAGS,
  WEB_SENSORS,
} from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s JBoss6Server. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'jboss6',
  title: 'JBoss 6',
  description: 'A JBoss 6 server with web archives.',
  icon: 'coffee',
  planned: true,
  aliases: classNames('brooklyn.entity.webapp.jboss.JBoss6Server', 'org.apache.brooklyn.entity.webapp.jboss.JBoss6Server'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...WEB_CONFIG,
    ...WAR_CONFIG,
    'jboss6.bind.address': preset(text, '0.0.0.0', 'Address it listens on'),
    'jboss6.portincrement': preset(integer, 0, 'Added to all ports'),
    'jboss6.clusterName': preset(text, '', 'Cluster name'),
    'start.timeout': preset(duration, '5m', 'Start timeout'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...WEB_FLAGS,
    ...WAR_FLAGS,
    bindAddress: 'jboss6.bind.address',
    portIncrement: 'jboss6.portincrement',
    clusterName: 'jboss6.clusterName',
  },
  sensors: [...JMX_SENSORS, ...WEB_SENSORS, ...WAR_SENSORS],
  effectors: WAR_EFFECTORS,
});
