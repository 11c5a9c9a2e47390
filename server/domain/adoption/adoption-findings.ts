import { wholeImageName } from '../entity/host-image.ts';
import { COMPOSE_LABEL, userNetworksOf } from './adoption-names.ts';
import type { ContainerDescription } from './container-description.ts';
import { imageOf, isAnonymous, isId } from './to-compose-service.ts';

/** What is told before containers are adopted. */
export interface AdoptionFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** A container, or a place in a Compose file that would say the same. */
  readonly where: string;
  readonly message: string;
  readonly hint?: string;
}

/** What becomes of a container once it is made anew, where that is not what it is now. */
export function findingsOf(container: ContainerDescription, project: string | null): readonly AdoptionFinding[] {
  const { name } = container;
  const at = (severity: AdoptionFinding['severity'], message: string, hint?: string): AdoptionFinding => {
    return { severity, where: name, message: `${name}: ${message}`, ...(hint === undefined ? {} : { hint }) };
  };
  return [
    ...imageFindings(container, at),
    ...container.mounts
      .filter(isAnonymous)
      .map(({ target }) =>
        at('warning', `the volume at ${target} has no name; its data is lost when the container is made anew.`, BACK_UP),
      ),
    ...portFindings(container, at),
    ...networkFindings(container, at),
    ...(container.restart.name === 'always' || container.restart.name === 'unless-stopped' || container.restart.name === 'on-failure'
      ? [at('info', `Docker restarts it by itself (${container.restart.name}) until it is made anew.`)]
      : []),
    ...partFindings(container, project, at),
  ];
}

const BACK_UP = 'Copy the data into a named volume before you change it.';

type At = (severity: AdoptionFinding['severity'], message: string, hint?: string) => AdoptionFinding;

function imageFindings(container: ContainerDescription, at: At): readonly AdoptionFinding[] {
  const { image, of } = container;
  if (imageOf(container) === undefined) {
    return [
      at('error', 'its image has no name, so that no other host could have it.', 'Tag the image, and start the container of that name.'),
    ];
  }
  if (of === null)
    return [at('warning', 'its image is gone from the host; what it says by itself cannot be told from what was asked for.')];
  const whole = wholeImageName(image);
  if (isId(image) || of.names.some((one) => wholeImageName(one) === whole)) return [];
  return [at('warning', `${image} is another image by now than the one that it runs; it gets the new one when it is made anew.`)];
}

function portFindings({ ports, fixedPorts }: ContainerDescription, at: At): readonly AdoptionFinding[] {
  const chosen = ports.filter(
    (port) =>
      !fixedPorts.some(({ container, host, protocol }) => container === port.container && host === port.host && protocol === port.protocol),
  );
  return chosen.map(({ container, host }) =>
    at('info', `Docker chose port ${host} for its ${container}; made anew it gets one of the cloud’s.`),
  );
}

function networkFindings(container: ContainerDescription, at: At): readonly AdoptionFinding[] {
  const isOnBridge = container.networks.some(({ name }) => name === 'bridge');
  if (!isOnBridge || userNetworksOf(container).length === 0) return [];
  return [at('warning', 'besides its networks it is on Docker’s own bridge; made anew it is not.')];
}

function partFindings({ labels }: ContainerDescription, project: string | null, at: At): readonly AdoptionFinding[] {
  const other = labels[COMPOSE_LABEL.project];
  if (other === undefined || project !== null) return [];
  return [at('warning', `it belongs to the Compose project ${other}, whose other containers stay as they are.`)];
}

/** Said once for all of its containers. */
export function projectFinding(project: string): AdoptionFinding {
  const message = `“docker compose” still takes the containers for its own: do not use it for ${project} any more.`;
  return { severity: 'info', where: project, message };
}
