import { text } from '../../domain/entity/value-schemas.ts';
import { anyMap, command, optional, texts, textsNamed, url } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import { listOf, RECIPE_CONFIG, RECIPE_FLAGS, RECIPE_SENSORS, recipeCommands, textOrNull } from '../../domain/software/recipe.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const INLINE = 'manifest.pp';
const MODULE_NAME = /^[a-z][a-z0-9_]*$/;
const FACT_NAME = /^\w+$/;

/** A manifest, or classes of modules, applied by Puppet without a server. */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'puppet',
    title: 'Puppet',
    description: 'Software that a Puppet manifest or module sets up, by Puppet itself where it runs.',
    icon: 'book-open',
    aliases: ['PuppetEntity', 'org.apache.brooklyn.entity.cm.puppet.PuppetEntity'],
    config: {
      ...RECIPE_CONFIG,
      'puppet.manifest': optional(text, 'Manifest', 'Its text; wins over a URL.'),
      'puppet.manifestUrl': optional(url, 'URL of the manifest', 'A file, or an archive of manifests: all .pp of it are applied.'),
      'puppet.modulesUrls': optional(
        textsNamed(MODULE_NAME, 'needs names of modules as their classes have them, such as apache'),
        'Modules',
        'Name: URL of an archive.',
      ),
      'puppet.classes': optional(texts, 'Classes', 'Of the modules, applied besides the manifest.'),
      'puppet.data': optional(anyMap, 'Data', 'Values that Hiera gives to the parameters of classes: apache::port …'),
      'puppet.facts': optional(textsNamed(FACT_NAME, 'needs names of facts: letters, digits and _'), 'Facts'),
      'puppet.serviceName': optional(text, 'Service', 'Of the machine, to start, check and stop it.'),
      'puppet.service.start': optional(command, 'Start', 'A command, instead of that of the service.'),
      'puppet.service.stop': optional(command, 'Stop', 'A command, instead of that of the service.'),
    },
    sensors: RECIPE_SENSORS,
    flags: {
      ...RECIPE_FLAGS,
      manifest: 'puppet.manifest',
      'manifest.url': 'puppet.manifestUrl',
      modules: 'puppet.modulesUrls',
      classes: 'puppet.classes',
      facts: 'puppet.facts',
      'service.name': 'puppet.serviceName',
    },
  }),
  software: {
    commands: (given, place) => {
      const config = given as Readonly<Record<string, unknown>>;
      const inline = textOrNull(config['puppet.manifest']);
      const source = inline === null ? textOrNull(config['puppet.manifestUrl']) : null;
      const classes = listOf(config['puppet.classes']).map((name) => `include ${name.replaceAll(/[^A-Za-z0-9_:]/g, '')}\n`);
      const data = config['puppet.data'];
      const modules = Object.entries((config['puppet.modulesUrls'] ?? {}) as Readonly<Record<string, unknown>>);
      const facts = Object.entries((config['puppet.facts'] ?? {}) as Readonly<Record<string, unknown>>);
      const commands = recipeCommands(
        {
          programs: ['puppet', '/opt/puppetlabs/bin/puppet'],
          packages: 'the package puppet or puppet-agent',
          sources: {
            ...(source === null ? {} : { manifests: source }),
            ...Object.fromEntries(modules.flatMap(([name, from]) => moduleSource(name, textOrNull(from)))),
          },
          files: [
            ...(inline === null && classes.length === 0 ? [] : [{ path: INLINE, content: `${inline ?? ''}\n${classes.join('')}` }]),
            ...(data === undefined
              ? []
              : [
                  { path: 'data/common.yaml', content: JSON.stringify(data) },
                  { path: 'hiera.yaml', content: HIERA },
                ]),
          ],
          apply: applyManifests(data !== undefined),
          service: {
            name: textOrNull(config['puppet.serviceName']),
            start: textOrNull(config['puppet.service.start']),
            stop: textOrNull(config['puppet.service.stop']),
            pidFile: null,
          },
        },
        place,
      );
      return { ...commands, env: Object.fromEntries(facts.flatMap(([name, value]) => factVariable(name, textOrNull(value)))) };
    },
  },
};

const HIERA = 'version: 5\ndefaults: { datadir: data, data_hash: yaml_data }\nhierarchy: [{ name: common, path: common.yaml }]\n';

/** With detailed exit codes, 0 is that nothing was to be done, and 2 that all that was has been done. */
function applyManifests(hasData: boolean): string {
  return `set --
for m in ${INLINE} manifests/*.pp manifests/manifests/*.pp; do
  if [ -f "$m" ]; then set -- "$@" "$m"; fi
done
if [ $# -eq 0 ]; then echo 'There is no manifest: give puppet.manifest, puppet.manifestUrl or puppet.classes' >&2; exit 1; fi
mkdir -p modules
for m in "$@"; do
  "$TOOL" apply --detailed-exitcodes --color false --modulepath "$PWD/modules" ${hasData ? '--hiera_config "$PWD/hiera.yaml" ' : ''}"$m"
  c=$?
  if [ $c -ne 0 ] && [ $c -ne 2 ]; then exit $c; fi
done`;
}

function moduleSource(name: string, from: string | null): readonly (readonly [string, string])[] {
  return MODULE_NAME.test(name) && from !== null ? [[`modules/${name}`, from]] : [];
}

/** Facter takes facts from variables of the environment. */
function factVariable(name: string, value: string | null): readonly (readonly [string, string])[] {
  return FACT_NAME.test(name) && value !== null ? [[`FACTER_${name}`, value]] : [];
}
