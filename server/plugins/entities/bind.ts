import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset, sensorName, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s BindDnsServer. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'bind',
  title: 'BIND',
  description: 'A name server for the entities of an application.',
  icon: 'book-open',
  planned: true,
  aliases: classNames('brooklyn.entity.network.bind.BindDnsServer', 'org.apache.brooklyn.entity.network.bind.BindDnsServer'),
  config: {
    'bind.domain.name': preset(text, 'brooklyn.local', 'Domain'),
    'bind.port': preset(portRange, 53, 'Port'),
    'bind.entity.filter': optional(latch, 'Which entities have names'),
    'bind.reverse-lookup.address': optional(text, 'Network for names of addresses'),
    'bind.access.cidr': optional(text, 'Who may ask'),
    'bind.sensor.hostname': optional(sensorName, 'Sensor of the name'),
    'bind.sensor.address': optional(sensorName, 'Sensor of the address'),
    'bind.updateRootZones': preset(boolean, false, 'Update the root zones'),
    'bind.resolv-conf.replce': preset(boolean, false, 'Change resolv.conf of the entities'),
    'bind.template.domain-zone': optional(url, 'Template of the zone'),
    'bind.template.reverse-zone': optional(url, 'Template of the reverse zone'),
    'bind.template.named-conf': optional(url, 'Template of named.conf'),
    'bind.template.interface-cfg': optional(url, 'Template of interfaces'),
    'bind.template.resolv-conf': optional(url, 'Template of resolv.conf'),
  },
  flags: {
    filter: 'bind.entity.filter',
    domainName: 'bind.domain.name',
    reverseLookupNetwork: 'bind.reverse-lookup.address',
    subnet: 'bind.access.cidr',
    hostnameSensor: 'bind.sensor.hostname',
    addressSensor: 'bind.sensor.address',
    zoneFileTemplate: 'bind.template.domain-zone',
    reverseZoneFileTemplate: 'bind.template.reverse-zone',
    namedConfTemplate: 'bind.template.named-conf',
    updateRootZonesFile: 'bind.updateRootZones',
    replaceResolvConf: 'bind.resolv-conf.replce',
  },
  sensors: [
    { name: 'bind.port', type: 'number', description: 'Port' },
    { name: 'bind.records.a', type: 'json', description: 'Its names' },
  ],
});
