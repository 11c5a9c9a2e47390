import { z } from 'zod';
import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Runs an Ansible playbook. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'ansible',
  title: 'Ansible',
  description: 'Software that an Ansible playbook installs.',
  icon: 'book-open',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.cm.ansible.AnsibleEntity'),
  config: {
    'brooklyn.ansible.playbook': optional(text, 'Name of the playbook'),
    'brooklyn.ansible.playbookYaml': optional(text, 'Playbook'),
    'brooklyn.ansible.playbookUrl': optional(url, 'URL of the playbook'),
    'brooklyn.ansible.vars': optional(anyMap, 'Variables'),
    'brooklyn.ansible.serviceName': optional(text, 'Service', 'Of the machine, to check and stop it.'),
    'ansible.service.start': optional(text, 'Start'),
    'ansible.service.stop': optional(text, 'Stop'),
    'ansible.service.check.host': optional(text, 'Host to check'),
    'ansible.service.check.port': optional(portRange, 'Port to check'),
  },
  flags: {
    playbook: 'brooklyn.ansible.playbook',
    'playbook.yaml': 'brooklyn.ansible.playbookYaml',
    'playbook.url': 'brooklyn.ansible.playbookUrl',
    'ansible.vars': 'brooklyn.ansible.vars',
    'service.name': 'brooklyn.ansible.serviceName',
    'ansible.service.checkHost': 'ansible.service.check.host',
    'ansible.service.checkPort': 'ansible.service.check.port',
  },
  effectors: [
    {
      name: 'ansibleCommand',
      description: 'Run an Ansible module',
      parameters: z.object({ module: text, args: text.optional() }),
      destructive: false,
    },
  ],
});
