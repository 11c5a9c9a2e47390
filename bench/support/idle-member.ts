import { BUSYBOX, SLEEP } from './raw-engine.ts';

/** The `memberSpec` of a cluster of which nothing but start and end is measured, as flow YAML. */
export const IDLE_MEMBER = `{ $brooklyn:entitySpec: { type: "docker:${BUSYBOX}", brooklyn.config: { docker.image.commands: ${JSON.stringify(SLEEP)}, stop.timeout: 0 } } }`;
