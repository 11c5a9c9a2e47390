import { classNames } from '../../domain/entity-types/class-names.ts';
import { tomcatType } from '../../domain/entity-types/tomcat-type.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s Tomcat8Server. */
export const plugin: EntityTypePlugin = tomcatType({
  id: 'tomcat8',
  title: 'Tomcat 8',
  description: 'A Tomcat 8 server with web archives.',
  versions: ['8'],
  image: 'tomcat:8',
  aliases: [
    ...classNames('brooklyn.entity.webapp.tomcat.Tomcat8Server', 'org.apache.brooklyn.entity.webapp.tomcat.Tomcat8Server'),
    'tomcat-server',
  ],
});
