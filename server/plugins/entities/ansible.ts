import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, command, optional, url } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import { RECIPE_CONFIG, RECIPE_FLAGS, RECIPE_SENSORS, recipeCommands, textOrNull } from '../../domain/software/recipe.ts';
import { quoted } from '../../domain/software/shell-text.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const INLINE = 'playbook';
const FETCHED = 'recipe';
/** Names that playbooks usually have, in the order in which they are tried. */
const USUAL = ['site.yml', 'site.yaml', 'playbook.yml', 'playbook.yaml', 'main.yml', 'main.yaml'];

/** Brooklyn’s AnsibleEntity: a playbook or role, run by Ansible on the machine or in the container that it is for. */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'ansible',
    title: 'Ansible',
    description: 'Software that an Ansible playbook or role sets up, by Ansible itself where it runs.',
    icon: 'book-open',
    aliases: classNames('org.apache.brooklyn.entity.cm.ansible.AnsibleEntity'),
    config: {
      ...RECIPE_CONFIG,
      'brooklyn.ansible.playbook': optional(text, 'Name of the playbook', 'In what the URL gives; the usual names unless given.'),
      'brooklyn.ansible.playbookYaml': optional(text, 'Playbook', 'Its text; wins over a URL.'),
      'brooklyn.ansible.playbookUrl': optional(url, 'URL of the playbook', 'A file, or an archive of playbooks or of one role.'),
      'brooklyn.ansible.vars': optional(anyMap, 'Variables'),
      'brooklyn.ansible.serviceName': optional(text, 'Service', 'Of the machine, to start, check and stop it.'),
      'ansible.service.start': optional(command, 'Start', 'A command, instead of that of the service.'),
      'ansible.service.stop': optional(command, 'Stop', 'A command, instead of that of the service.'),
      'ansible.service.check.host': optional(text, 'Host to check'),
      'ansible.service.check.port': optional(portRange, 'Port to check', 'It counts as up once something answers there.'),
    },
    sensors: RECIPE_SENSORS,
    flags: {
      ...RECIPE_FLAGS,
      playbook: 'brooklyn.ansible.playbook',
      'playbook.yaml': 'brooklyn.ansible.playbookYaml',
      'playbook.url': 'brooklyn.ansible.playbookUrl',
      'ansible.vars': 'brooklyn.ansible.vars',
      'service.name': 'brooklyn.ansible.serviceName',
      'ansible.service.checkHost': 'ansible.service.check.host',
      'ansible.service.checkPort': 'ansible.service.check.port',
    },
    notHonoured: { 'ansible.service.check.host': 'the port is looked for where it runs' },
  }),
  software: {
    commands: (given, place) => {
      const config = given as Readonly<Record<string, unknown>>;
      const inline = textOrNull(config['brooklyn.ansible.playbookYaml']);
      const source = inline === null ? textOrNull(config['brooklyn.ansible.playbookUrl']) : null;
      const name = textOrNull(config['brooklyn.ansible.playbook']);
      const vars = config['brooklyn.ansible.vars'];
      return recipeCommands(
        {
          programs: ['ansible-playbook'],
          packages: 'the package ansible-core or ansible',
          sources: source === null ? {} : { [FETCHED]: source },
          files: [
            ...(inline === null ? [] : [{ path: `${INLINE}.yaml`, content: inline }]),
            ...(vars === undefined ? [] : [{ path: 'vars.json', content: JSON.stringify(vars) }]),
          ],
          apply: `${inline === null ? findPlaybook(name) : `p=${INLINE}.yaml`}
export ANSIBLE_NOCOLOR=1 ANSIBLE_RETRY_FILES_ENABLED=0 ANSIBLE_ROLES_PATH="$PWD/${FETCHED}/roles:$PWD"
"$TOOL" --connection local --inventory 'localhost,' ${vars === undefined ? '' : '--extra-vars @vars.json '}"$p"`,
          service: {
            name: textOrNull(config['brooklyn.ansible.serviceName']),
            start: textOrNull(config['ansible.service.start']),
            stop: textOrNull(config['ansible.service.stop']),
            pidFile: null,
          },
        },
        place,
      );
    },
    readiness: (given) => {
      const port = Number((given as Readonly<Record<string, unknown>>)['ansible.service.check.port']);
      return Number.isInteger(port) && port > 0 ? { kind: 'tcp', containerPort: port } : { kind: 'running' };
    },
  },
};

/** Sets `$p`: the playbook that is named, one of the usual names, the only one there is, or one that runs the role that was fetched. */
function findPlaybook(name: string | null): string {
  const named = name === null ? USUAL : [name, `${name}.yml`, `${name}.yaml`];
  const tried = named.flatMap((one) => [`${FETCHED}/${one}`, ...(name === null ? [] : [one])]);
  return `p=
for f in ${tried.map(quoted).join(' ')}; do
  if [ -f "$f" ]; then p=$f; break; fi
done
if [ -z "$p" ] && [ -f ${FETCHED}/tasks/main.yml ]; then
  p=role.yaml
  printf '%s\\n' '- hosts: all' '  roles: [${FETCHED}]' >"$p"
fi
if [ -z "$p" ] && [ "$(ls ${FETCHED}/*.yml ${FETCHED}/*.yaml 2>/dev/null | wc -l)" -eq 1 ]; then p=$(ls ${FETCHED}/*.yml ${FETCHED}/*.yaml 2>/dev/null); fi
if [ -z "$p" ]; then
  echo ${quoted(`There is no playbook: looked for ${tried.join(', ')} and a role`)} >&2
  ls -R ${FETCHED} 2>/dev/null | head -40 >&2
  exit 1
fi`;
}
