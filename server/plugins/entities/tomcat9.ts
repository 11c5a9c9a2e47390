import { classNames } from '../../domain/entity-types/class-names.ts';
import { tomcatType } from '../../domain/entity-types/tomcat-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s Tomcat9Server. */
export const plugin: EntityTypePlugin = tomcatType({
  id: 'tomcat9',
  title: 'Tomcat 9',
  description: 'A Tomcat 9 server with web archives.',
  versions: ['9'],
  image: 'tomcat:9',
  aliases: classNames('org.apache.brooklyn.entity.webapp.tomcat.Tomcat9Server'),
});
