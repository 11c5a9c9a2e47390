import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyList, anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s UrlMapping. */
export const plugin: EntityTypePlugin = groupType({
  id: 'url-mapping',
  title: 'URL mapping',
  description: 'Leads a domain or path to members of its own.',
  icon: 'route',
  planned: true,
  aliases: classNames('brooklyn.entity.proxy.nginx.UrlMapping', 'org.apache.brooklyn.entity.proxy.nginx.UrlMapping'),
  config: {
    'urlmapping.label': optional(text, 'Label'),
    'urlmapping.domain': optional(text, 'Domain'),
    'urlmapping.path': optional(text, 'Path', 'A regular expression.'),
    'urlmapping.rewrites': optional(anyList, 'Rewrites'),
    'urlmapping.target.parent': optional(entityReference, 'Target'),
    'proxy.ssl.config': optional(anyMap, 'HTTPS certificate'),
  },
  flags: {
    label: 'urlmapping.label',
    domain: 'urlmapping.domain',
    path: 'urlmapping.path',
    rewrites: 'urlmapping.rewrites',
    target: 'urlmapping.target.parent',
    ssl: 'proxy.ssl.config',
  },
  sensors: [
    { name: 'urlmapping.target.addresses', type: 'json', description: 'Members that it leads to' },
    { name: 'webapp.url', type: 'string', description: 'Where its pages are' },
  ],
});
