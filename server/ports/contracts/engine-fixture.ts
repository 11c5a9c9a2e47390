import { randomBytes } from 'node:crypto';
import { BARE_CONTAINER, type ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { CreateContainer, DockerEngine } from '../docker-engine.ts';

export interface EngineUnderTest {
  readonly engine: DockerEngine;
  /** An image that is there and holds a POSIX shell with the usual small programs (busybox). */
  readonly image: string;
  /** A host port that nothing uses. */
  freePort(): Promise<number>;
  /** A /24 that nothing uses, such as 198.18.7.0/24. */
  freeSubnet(): Promise<string>;
  end(): Promise<void>;
}

/** What the suites share: the engine, and containers that are removed at the end. */
export interface EngineFixture {
  readonly engine: DockerEngine;
  readonly image: string;
  readonly freePort: () => Promise<number>;
  readonly subnet: () => Promise<string>;
  /** A name that no other run uses. */
  name(): string;
  /** The same for a network. */
  network(): string;
  /** A request for a container that sleeps, unless told otherwise. */
  request(spec?: Partial<ContainerSpec>, rest?: Partial<CreateContainer>): CreateContainer;
  /** Created and started. Returns its id. */
  running(spec?: Partial<ContainerSpec>, rest?: Partial<CreateContainer>): Promise<string>;
  /** One that only sleeps, for tests that leave it as it is. */
  sleeper(): Promise<string>;
}

/** @param made takes the name of everything that has to be removed at the end */
export function toFixture({ engine, image, freePort, freeSubnet }: EngineUnderTest, made: string[]): EngineFixture {
  const name = (): string => {
    const fresh = `contract-${randomBytes(5).toString('hex')}`;
    made.push(fresh);
    return fresh;
  };
  const request: EngineFixture['request'] = (spec, rest) => ({
    name: name(),
    spec: { ...SLEEPER, image, ...spec },
    ports: [],
    labels: { 'contract.test': 'yes' },
    volumeNames: {},
    networkNames: {},
    ...rest,
  });
  const running: EngineFixture['running'] = async (spec, rest) => {
    const { containerId } = await engine.createContainer(request(spec, rest));
    await engine.startContainer(containerId);
    return containerId;
  };
  let sleeper: Promise<string> | undefined;
  return {
    engine,
    image,
    freePort,
    subnet: freeSubnet,
    name,
    network: name,
    request,
    running,
    sleeper: () => {
      sleeper ??= running({ env: { A: 'from the container' } });
      return sleeper;
    },
  };
}

const SLEEPER: Omit<ContainerSpec, 'image'> = { ...BARE_CONTAINER, command: ['sleep', '600'], stopTimeoutS: 0 };
