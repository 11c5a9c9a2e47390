import { classNames } from '../../domain/entity-types/class-names.ts';
import { tomcatType } from '../../domain/entity-types/tomcat-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s TomcatServer. */
export const plugin: EntityTypePlugin = tomcatType({
  id: 'tomcat',
  title: 'Tomcat',
  description: 'A Tomcat server with web archives.',
  versions: ['10', '9'],
  image: 'tomcat:10',
  aliases: classNames('brooklyn.entity.webapp.tomcat.TomcatServer', 'org.apache.brooklyn.entity.webapp.tomcat.TomcatServer'),
});
