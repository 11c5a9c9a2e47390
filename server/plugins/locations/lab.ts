import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** `lab`, `lab:(bare=true,memory=2g,cpus=1)`. */
export const plugin: AdjunctType = {
  id: 'lab',
  title: 'Lab',
  description: 'Machines made for it on the machine that Clocker runs on, as containers with systemd and sshd.',
  kind: 'location',
  aliases: [],
  config: z.looseObject({
    bare: optional(boolean, 'Bare', 'Without a Docker Engine, which is then installed as on any machine.'),
    memory: optional(text, 'Memory of a machine', 'Such as 2g.'),
    cpus: optional(z.union([z.number(), text]), 'CPUs of a machine'),
  }),
  flags: {},
  planned: false,
};
