/** On everything that a lab makes. What lacks it is never touched. */
export const LAB_LABEL = 'io.clocker.lab';
export const NAME_LABEL = 'io.clocker.lab.name';
export const ROLE_LABEL = 'io.clocker.lab.role';
export const HOST_LABEL = 'io.clocker.lab.host';
export const BARE_LABEL = 'io.clocker.lab.bare';

export type LabRole = 'host' | 'services' | 'lan' | 'disk';

/** `--label` arguments for one object of a lab. */
export function toLabelArguments(lab: string, role: LabRole, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const labels = { [LAB_LABEL]: '1', [NAME_LABEL]: lab, [ROLE_LABEL]: role, ...more };
  return Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
}

/** `--filter` arguments that find the objects of one lab. */
export function toLabFilter(lab: string): readonly string[] {
  return ['--filter', `label=${LAB_LABEL}=1`, '--filter', `label=${NAME_LABEL}=${lab}`];
}
