import { quoteText } from '../blueprint/findings.ts';
import { isNothing, textOf } from '../blueprint/source-node.ts';
import { placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { readTexts } from './read-value.ts';

/** A service reaches another by name on a network that both are on: a link between services that share none leads nowhere. */
export function checkLinks(services: readonly ComposeService[], { findings }: ComposeContext): void {
  const named = new Map(services.map((service) => [service.name, service]));
  for (const service of services) {
    for (const { text, range } of readTexts(findings, service.attributes.get('links'))) {
      const target = named.get(text.split(':')[0] ?? '');
      if (target === undefined) continue;
      const own = networksOf(service);
      if (networksOf(target).some((network) => own.includes(network))) continue;
      const mode = [service, target].find(({ attributes }) => attributes.has('network_mode'));
      const reason = mode ? `names are not known with the “network_mode” of ${quoteText(mode.name)}` : 'they share no network';
      findings.add('compose-unsupported', {
        ...placeOf({ range }),
        message: `The link from ${quoteText(service.name)} to ${quoteText(target.name)} is not supported: ${reason}.`,
        hint: mode ? 'Remove “network_mode”: services reach each other by name on the network of the file.' : 'Put both on one network.',
      });
    }
  }
}

function networksOf({ attributes }: ComposeService): readonly string[] {
  if (attributes.has('network_mode')) return [];
  const given = attributes.get('networks');
  if (given === undefined || isNothing(given.value)) return ['default'];
  const { value } = given;
  const names =
    value.kind === 'map' ? [...value.entries.keys()] : value.kind === 'list' ? value.items.map((item) => textOf(item) ?? '') : [];
  return names.length === 0 ? ['default'] : names;
}
