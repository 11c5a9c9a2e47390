import { afterAll, beforeAll, describe } from 'vitest';
import { describeContainers } from './docker-engine-containers.ts';
import { describeInside } from './docker-engine-inside.ts';
import { describeNetworks } from './docker-engine-networks.ts';
import { describeOptions } from './docker-engine-options.ts';
import { describeStreams } from './docker-engine-streams.ts';
import { describeTerminals } from './docker-engine-terminals.ts';
import { type EngineFixture, type EngineUnderTest, toFixture } from './engine-fixture.ts';

/** What every implementation of DockerEngine does. */
export function describeDockerEngineContract(make: () => Promise<EngineUnderTest>): void {
  describe('a Docker engine', () => {
    const made: string[] = [];
    let under: EngineUnderTest;
    let fixed: EngineFixture;
    const fixture = (): EngineFixture => fixed;

    beforeAll(async () => {
      under = await make();
      fixed = toFixture(under, made);
    });

    afterAll(async () => {
      for (const name of made) await under.engine.removeContainer(name);
      for (const name of made) await under.engine.removeVolume(name);
      for (const name of made) await under.engine.removeNetwork(name);
      await under.end();
    });

    describeContainers(fixture);
    describeInside(fixture);
    describeNetworks(fixture);
    describeOptions(fixture);
    describeStreams(fixture);
    describeTerminals(fixture);
  });
}
