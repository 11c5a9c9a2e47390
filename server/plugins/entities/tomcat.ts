import { classNames } from '../../domain/entity-types/class-names.ts';
import { tomcatType } from '../../domain/entity-types/tomcat-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s TomcatServer. */
export const plugin: EntityTypePlugin = tomcatType({
  id: 'tomcat',
  title: 'Tomcat',
  description: 'A Tomcat 7 server with web archives.',
  aliases: classNames('brooklyn.entity.webapp.tomcat.TomcatServer', 'org.apache.brooklyn.entity.webapp.tomcat.TomcatServer'),
});
