import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, url } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ProxySslConfig and HttpsSslConfig. */
export const plugin: AdjunctType = {
  id: 'tls-config',
  title: 'HTTPS certificate',
  description: 'Certificate and key of a web server or load balancer.',
  kind: 'object',
  aliases: classNames(
    'brooklyn.entity.proxy.ProxySslConfig',
    'org.apache.brooklyn.entity.proxy.ProxySslConfig',
    'brooklyn.entity.webapp.HttpsSslConfig',
    'org.apache.brooklyn.entity.webapp.HttpsSslConfig',
  ),
  config: z.looseObject({
    certificateSourceUrl: optional(url, 'URL of the certificate'),
    certificateDestination: optional(text, 'Place of the certificate'),
    keySourceUrl: optional(url, 'URL of the key'),
    keyDestination: optional(text, 'Place of the key'),
    targetIsSsl: optional(boolean, 'Members use TLS as well'),
    reuseSessions: optional(boolean, 'Reuse sessions'),
    keystoreUrl: optional(url, 'Key store'),
    keystorePassword: optional(text, 'Password of the key store'),
    keyAlias: optional(text, 'Name of the key'),
  }),
  flags: {},
  planned: true,
};
