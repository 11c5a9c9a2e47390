import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const deployable = (text: string) => {
  const result = plan(text);
  return result.ok && result.deployable;
};
const messages = (text: string) => plan(text).diagnostics.map(({ message }) => message);

describe('what nothing acts on yet', () => {
  it('is said of an entity type where it is named, and keeps the blueprint from being deployed', () => {
    const text = 'services:\n- type: brooklyn.entity.nosql.riak.RiakNode\n';
    expect(findingsOf(plan(text))).toEqual(['warning type-planned 2:9']);
    expect(deployable(text)).toBe(false);
    expect(deployable('services:\n- type: docker:redis\n')).toBe(true);
  });

  it('is said of a policy, and of an object in config; not of a placement strategy', () => {
    const text = `services:
- type: docker:redis
  brooklyn.config:
    docker.container.strategies:
    - $brooklyn:object:
        type: brooklyn.location.docker.strategy.LowestCpuUsagePlacementStrategy
    docker.container.volumes.import: [db]
  brooklyn.policies:
  - type: org.apache.brooklyn.policy.jclouds.os.CreateUserPolicy
`;
    expect(findingsOf(plan(text))).toEqual(['warning key-planned 7:5', 'warning type-planned 9:11']);
    expect(deployable(text)).toBe(false);
  });

  it('is said of a member and of a spec in config, wherever they stand', () => {
    const text = `services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  memberSpec:
    type: CassandraNode
`;
    expect(findingsOf(plan(text))).toEqual(['warning type-planned 4:11']);
  });

  it('tells what does the same, and puts it there on request', () => {
    const spec = '$brooklyn:entitySpec: { type: WeaveNetwork }';
    const text = `services:\n- type: docker-infrastructure\n  brooklyn.config:\n    sdn.enable: true\n    sdn.provider.spec: { ${spec} }\n`;
    const [finding] = plan(text).diagnostics.filter(({ code }) => code === 'type-unverified');
    expect(finding).toMatchObject({ line: 5, hint: 'Use vxlan-network.', fix: { text: 'vxlan-network' } });
    const { line = 0, column = 0 } = finding ?? {};
    expect(text.split('\n')[line - 1]?.slice(column - 1)).toMatch(/^WeaveNetwork/);
    expect(findingsOf(plan(text.replace('WeaveNetwork', 'vxlan-network')))).toEqual([]);
  });

  it('says of the container of a host’s spec that it is not honoured, and deploys the rest; it is no service by itself', () => {
    const spec = '$brooklyn:entitySpec: { type: cloud-container, brooklyn.config: { docker.container.nameFormat: "web-%2$02x" } }';
    const host = `$brooklyn:entitySpec: { type: docker-host, brooklyn.config: { docker.container.spec: { ${spec} } } }`;
    const text = `services:\n- type: docker-infrastructure\n  brooklyn.config:\n    docker.host.spec: { ${host} }\n`;
    expect(plan(text).diagnostics.map(({ code }) => code)).toEqual(['key-not-honoured']);
    expect(deployable(text)).toBe(true);
    expect(deployable('services:\n- type: cloud-container\n')).toBe(false);
  });

  it('takes of a network provider only what it takes itself', () => {
    const spec = (port: string) => `$brooklyn:entitySpec: { type: vxlan-network, brooklyn.config: { vxlan.port: ${port} } }`;
    const text = (port: string) =>
      `services:\n- type: docker-infrastructure\n  brooklyn.config:\n    sdn.enable: true\n    sdn.provider.spec: { ${spec(port)} }\n`;
    expect(deployable(text('4790'))).toBe(true);
    expect(deployable(text('4790-4799'))).toBe(false);
    expect(plan(text('4790-4799')).diagnostics).toMatchObject([{ severity: 'error', line: 5 }]);
  });

  it('names a key, with the reason', () => {
    const text = 'services:\n- type: docker:redis\n  brooklyn.config:\n    docker.entrypoint.url: a.sh\n';
    expect(messages(text)).toEqual(['Nothing acts on “docker.entrypoint.url” yet: give the file below docker.container.files.']);
    expect(deployable(text)).toBe(false);
  });

  it('is said of a latch that would hold up a stop, and not of one that holds up a start', () => {
    const latch = (name: string) => deployable(`services:\n- type: docker:redis\n  brooklyn.config: {${name}: true}\n`);
    expect([latch('launch.latch'), latch('stop.latch')]).toEqual([true, false]);
  });

  it('refuses also where more findings than are shown stand before it', () => {
    const ignored = Array.from({ length: 250 }, (_, index) => `zzz${index}: 1\n`).join('');
    expect(deployable(`${ignored}services:\n- type: docker:redis\n`)).toBe(true);
    expect(deployable(`${ignored}services:\n- type: RiakNode\n`)).toBe(false);
  });
});

describe('a key that is never obeyed', () => {
  const riak = (config: string) => `services:\n- type: RiakNode\n  brooklyn.config:\n    ${config}\n`;

  it('is told why, by whatever name it is given', () => {
    const text = 'services:\n- type: docker:redis\n  brooklyn.config:\n    version: 7\n';
    expect(messages(text)).toEqual(['“install.version” is not honoured: the image has its version: give docker.image.tag.']);
    expect(deployable(text)).toBe(true);
  });

  it('is found in a map of machine properties too', () => {
    expect(findingsOf(plan(riak('provisioning.properties: { minRam: 2g, stopIptables: true }')))).toEqual([
      'warning type-planned 2:9',
      'warning key-not-honoured 4:44',
    ]);
  });

  it('needs no word when it says false', () => {
    expect(findingsOf(plan(riak('stopIptables: false')))).toEqual(['warning type-planned 2:9']);
  });
});
