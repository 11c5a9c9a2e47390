import { z } from 'zod';

/* Options that reach beyond the container and that nothing supports, whoever asks. Values that change nothing pass. */

function refused(what: string, isHarmless: (value: unknown) => boolean) {
  const message = `${what}. Nobody is given this; remove it`;
  return z
    .unknown()
    .refine((value) => value === undefined || value === null || isHarmless(value), message)
    .optional();
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));

export const refusedShape = {
  'docker.container.deviceCgroupRules': refused('device_cgroup_rules gives the container hardware of the host', isEmptyList),
  'docker.container.gpus': refused('gpus gives the container hardware of the host', isEmptyList),
  'docker.container.cgroupParent': refused('cgroup_parent puts the container outside of its limits', isOneOf('', 'false')),
  'docker.container.runtime': refused('runtime runs the container with another program of the host', isOneOf('', 'runc')),
};
