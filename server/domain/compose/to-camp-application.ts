import { startOf } from '../blueprint/findings.ts';
import { entryAt, listAt, mapAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceMap, textOf } from '../blueprint/source-node.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkLinks } from './check-links.ts';
import { addUnsupported, addValue, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { toCampService } from './to-camp-service.ts';
import { awaitedHealthy } from './to-dependencies.ts';
import { checkFileDeclarations } from './to-files.ts';
import { readLinkAliases } from './to-names.ts';
import { toNetworkDeclarations } from './to-network-declarations.ts';
import { checkHostPorts } from './to-ports.ts';
import { toVolumeDeclarations } from './to-volume-declarations.ts';

/** A Compose application as a CAMP blueprint, each value with its place in the Compose file. Null, with a finding, when it has no service. */
export function toCampApplication(context: ComposeContext): SourceMap | null {
  const { model, findings } = context;
  const { source, name } = model;
  const services = [...model.services.values()].flatMap((entry): readonly ComposeService[] => {
    if (entry.value.kind === 'map') return [{ name: entry.key, entry, attributes: entry.value.entries, context }];
    addValue(
      findings,
      entry.value,
      `The service “${entry.key}” needs a map${isNothing(entry.value) ? ': it is empty' : ''}.`,
      'For example “image: redis:7”.',
    );
    return [];
  });
  const models = source.entries.get('models');
  if (models !== undefined && !isNothing(models.value)) addUnsupported(findings, models, 'no models are run here');
  if (services.length === 0) {
    const range = startOf(source.entries.get('services')?.range ?? source.range);
    if (findings.clean)
      findings.add('services-missing', {
        ...placeOf({ range }),
        message: 'The file has no service that would run.',
        hint: 'Are they all of a profile that is not on?',
      });
    return null;
  }
  const among = {
    project: (name === null ? null : textOf(name.value)) ?? 'application',
    links: readLinkAliases(services),
    awaitedHealthy: awaitedHealthy(services),
  };
  checkFileDeclarations(context);
  checkAddresses(services, context);
  checkLinks(services, context);
  const camp = services.map((service) => ({ name: service.name, ...toCampService(service, among) }));
  checkHostPorts(camp, findings);
  const config = [...toNetworkDeclarations(context), ...toVolumeDeclarations(context)];
  return mapAt(source.range, [
    ...(name === null ? [] : [entryAt(name.range, 'name', name.value)]),
    ...(config.length === 0 ? [] : [entryAt(source.range, 'brooklyn.config', mapAt(source.range, config))]),
    entryAt(
      source.entries.get('services')?.range ?? source.range,
      'services',
      listAt(
        source.range,
        camp.map(({ node }) => node),
      ),
    ),
  ]);
}
