import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../../testing/blueprint-types.ts';

const plan = await createPlanner();
const said = (text: string) => plan(text).diagnostics.map(({ code, message }) => `${code}: ${message}`);
const cloudAt = (location: string) => `${location}\nservices:\n- type: docker-infrastructure\n`;

describe('where a Docker cloud takes its hosts from', () => {
  it.each([
    'location: byon:(hosts="10.0.0.{1,2}")',
    'location: localhost',
    'location: lab',
    'location: lab:(bare=true)',
    'location:\n  byon:\n    hosts: [{ssh: root@10.0.0.1, hostKey: "SHA256:abc"}, {ssh: root@10.0.0.2}]',
    'location:\n  multi:\n    targets: ["byon:(hosts=10.0.0.1)", lab]',
  ])('may be %s', (location) => {
    const result = plan(cloudAt(location));
    expect(said(cloudAt(location))).toEqual([]);
    expect(result.ok && result.deployable).toBe(true);
  });

  it('is no provider, no placeholder and no other cloud, and its place is told', () => {
    expect(said(cloudAt('location: jclouds:softlayer:ams01'))).toEqual([
      'location-unsupported: No machines are taken from “jclouds:softlayer:ams01”.',
    ]);
    expect(said(cloudAt('location: <your location>'))[0]).toMatch(/placeholder/);
    expect(said(cloudAt('location: my-docker-cloud'))[0]).toMatch(/No machines are taken from “my-docker-cloud”/);
  });

  it('never holds a key or a password', () => {
    const found = said(cloudAt('location: byon:(hosts=10.0.0.1,privateKeyFile=~/.ssh/id_rsa,password=x)'));
    expect(found.map((line) => line.split(':')[0])).toEqual(['key-not-honoured', 'key-not-honoured']);
    expect(said(cloudAt('location: byon:(hosts=10.0.0.1,privateKeyData=x)'))[0]).toMatch(/^location-invalid/);
  });

  it('says one key of several machines for nobody', () => {
    expect(said(cloudAt('location: byon:(hosts="10.0.0.1,10.0.0.2",hostKey=SHA256:abc)'))[0]).toMatch(/each has a key of its own/);
  });

  it('is the name of a cloud for everything else, also as Clocker writes it', () => {
    const result = plan('location: docker:Ab12:(name="grown")\nservices:\n- type: docker:redis\n');
    expect(result.diagnostics).toEqual([]);
    expect(result.ok && result.plan.location).toBe('grown');
    expect(said('location: byon:(hosts=10.0.0.1)\nservices:\n- type: docker:redis\n')[0]).toMatch(/is not the name of a cloud/);
    expect(said('location: lab\nservices:\n- type: docker:redis\n')).toEqual([]);
  });
});

describe('Clocker’s own cloud blueprints', () => {
  it('deploy with only the location changed, and name the keys that are not honoured', () => {
    const text = `name: Docker Host
location: byon:(hosts="10.0.0.1")
services:
- type: brooklyn.entity.container.docker.DockerInfrastructure
  brooklyn.config:
    entity.dynamicLocation.name: "my-docker-cloud"
    docker.version: 1.6.2
    docker.tls.certificate: conf/server-cert.pem
    docker.host.cluster.initial.size: 1
    docker.container.cluster.headroom.count: 8
    sdn.enable: false
    docker.policy.ha.enable: false
    docker.container.strategies:
    - $brooklyn:object:
        type: brooklyn.location.docker.strategy.MaxContainersPlacementStrategy
        brooklyn.config:
          maxContainers: 32
    - $brooklyn:object:
        type: brooklyn.location.docker.strategy.DepthFirstPlacementStrategy
    docker.host.spec:
      $brooklyn:entitySpec:
        type: brooklyn.entity.container.docker.DockerHost
        brooklyn.config:
          docker.host.flags: { minRam: 7g, stopIptables: true }
          start.timeout: 15m
          docker.host.nameFormat: "docker-%2$d"
    docker.container.nameFormat: "container-%2$02x"
`;
    const result = plan(text);
    expect(result.ok && result.deployable).toBe(true);
    expect(result.diagnostics.map(({ code, path }) => `${code} ${path.split('.').at(-1)}`)).toEqual([
      'key-not-honoured version',
      'key-not-honoured certificate',
      'key-not-honoured stopIptables',
      'key-not-honoured nameFormat',
    ]);
    expect(result.ok && result.plan.root.children[0]?.memberSpec).toMatchObject({ type: 'docker-host' });
  });

  it('refuse more hosts to begin with than there may be, and a headroom of everything', () => {
    const config = (line: string) =>
      said(`services:\n- type: docker-infrastructure\n  brooklyn.config:\n    docker.host.cluster.max.size: 2\n    ${line}\n`);
    expect(config('docker.host.cluster.initial.size: 3')[0]).toMatch(/is more than docker.host.cluster.max.size/);
    expect(config('docker.container.cluster.headroom.percent: 20')[0]).toMatch(/a fifth of them/);
  });

  it('keep a host that stands in no cloud from being deployed', () => {
    expect(said('services:\n- type: docker-host\n')[0]).toMatch(/^type-planned/);
  });
});
