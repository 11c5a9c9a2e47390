import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf, type ToscaGiven, withNodes } from '../../../testing/read-tosca.ts';

const IMAGE = 'artifacts:\n    image: { file: "nginx:1.27", type: tosca.artifacts.Deployment.Image.Container.Docker }\n';
const read = (nodes: string, rest = '', given: ToscaGiven = {}) => {
  const reading = readTosca(withNodes(nodes, rest), given);
  return {
    services: servicesOf(reading),
    camp: reading.camp,
    findings: reading.findings.map((finding) => finding.replace(/ \d+:\d+ /, ' ')),
  };
};

describe('a machine', () => {
  it('is made around what is hosted on it, with what it must have', () => {
    const { camp, findings } = read(`server:
  type: tosca.nodes.Compute
  capabilities:
    host: { properties: { num_cpus: 2, mem_size: 4 GB, disk_size: 10 GB } }
    os: { properties: { architecture: x86_64, type: linux, distribution: ubuntu, version: 14.04 } }
app:
  type: tosca.nodes.SoftwareComponent
  requirements: [{ host: server }]
`);
    expect(findings).toEqual([]);
    expect(camp.services).toMatchObject([
      {
        type: 'same-server',
        id: 'server',
        'brooklyn.config': {
          'provisioning.properties': { minCores: 2, minRam: '4 GB', minDisk: '10 GB', osFamily: 'ubuntu', osVersionRegex: '14.04' },
        },
        'brooklyn.children': [{ type: 'vanilla-process', id: 'app' }],
      },
    ]);
  });

  it('of the drafts says the same by its properties', () => {
    const text =
      'tosca_definitions_version: tosca_simple_yaml_1_0_0_wd03\ntopology_template:\n  node_templates:\n    server:\n      type: tosca.nodes.Compute\n      properties: { mem_size: 4 gb, num_cpus: 2, os_distribution: ubuntu, os_arch: x86_64 }\n';
    const reading = readTosca(text);
    expect(reading.findings).toEqual([]);
    expect(servicesOf(reading).server['brooklyn.config']['provisioning.properties']).toEqual({
      minRam: '4 gb',
      minCores: 2,
      osFamily: 'ubuntu',
    });
  });

  it('that is only described by a filter is asked of the process', () => {
    const { services, findings } = read(`db:
  type: tosca.nodes.DBMS
  requirements:
  - host:
      node_filter:
        capabilities:
        - host:
            properties:
            - num_cpus: { in_range: [1, 4] }
            - mem_size: { greater_or_equal: 2 GB }
`);
    expect(findings).toEqual([]);
    expect(services.db['brooklyn.config']['provisioning.properties']).toEqual({ minCores: 1, minRam: '2 GB' });
  });

  it('that only hosts containers is one of the cloud', () => {
    const { camp, findings } = read(`server: { type: tosca.nodes.Compute }
runtime:
  type: tosca.nodes.Container.Runtime
  requirements: [{ host: server }]
web:
  type: tosca.nodes.Container.Application
  ${IMAGE}  requirements: [{ host: runtime }]
`);
    expect(camp.services.map(({ id }: { id: string }) => id)).toEqual(['web']);
    expect(findings).toEqual([
      'info tosca-host-placed “server” is not made: what it hosts is placed on a host of the cloud.',
      'info tosca-host-placed “runtime” is not made: what it hosts is placed on a host of the cloud.',
    ]);
  });

  it('that hosts itself in a circle is told', () => {
    const { findings } = read(`a:
  type: tosca.nodes.SoftwareComponent
  requirements: [{ host: b }]
b:
  type: tosca.nodes.SoftwareComponent
  requirements: [{ host: a }]
`);
    expect(findings).toEqual(['error tosca-circle “b” hosts itself in a circle.']);
  });
});

describe('a process', () => {
  const SCRIPTS = { 'create.sh': '#!/bin/bash\necho "$A"; $(rm -rf x)\n', 'configure.sh': 'c', 'start.sh': 's', 'stop.sh': 't' };

  it('is run by the scripts of its lifecycle, each whole and as data', () => {
    const { services, findings } = read(
      `app:
  type: tosca.nodes.SoftwareComponent
  interfaces:
    Standard:
      create: create.sh
      configure: { implementation: configure.sh, inputs: { A: "$(rm -rf /)\\"; exit" } }
      start: { implementation: { primary: start.sh } }
      stop: { implementation: stop.sh }
`,
      '',
      { files: SCRIPTS },
    );
    expect(findings).toEqual([]);
    expect(services.app['brooklyn.config']).toEqual({
      'install.command': SCRIPTS['create.sh'],
      'customize.command': 'c',
      'launch.command': 's',
      'stop.command': 't',
      'checkRunning.command': 'true',
      'shell.env': { A: '$(rm -rf /)"; exit' },
    });
  });

  it.each(['Standard', 'standard', 'tosca.interfaces.node.lifecycle.Standard'])('has its lifecycle in the interface %s', (name) => {
    const { services } = read(`app:\n  type: tosca.nodes.WebServer\n  interfaces:\n    ${name}: { start: start.sh }\n`, '', {
      files: SCRIPTS,
    });
    expect(services.app['brooklyn.config']['launch.command']).toBe('s');
  });

  it('may have its operations below “operations”', () => {
    const nodes =
      'app:\n  type: tosca.nodes.WebServer\n  interfaces:\n    Standard: { inputs: { P: 1 }, operations: { start: start.sh } }\n';
    expect(read(nodes, '', { files: SCRIPTS }).services.app['brooklyn.config']).toMatchObject({
      'launch.command': 's',
      'shell.env': { P: 1 },
    });
  });

  it('without scripts is up as soon as it has started', () => {
    expect(read('app: { type: tosca.nodes.WebServer }\n').services.app['brooklyn.config']).toEqual({
      'launch.command': 'true',
      'stop.command': 'true',
      'checkRunning.command': 'true',
    });
  });

  it('starts what it hosts once it runs itself', () => {
    const { services } = read(
      'web: { type: tosca.nodes.WebServer }\napp:\n  type: tosca.nodes.WebApplication\n  requirements: [{ host: web }]\n',
    );
    expect(services.web['brooklyn.config']['children.startable.mode']).toBe('background_late');
    expect(services.web['brooklyn.children']).toMatchObject([{ id: 'app' }]);
  });

  it.each([
    ['a.py', 'error tosca-script “a.py” is a Python program; only shell scripts are run.'],
    ['a.yaml', 'error tosca-script “a.yaml” is an Ansible playbook; only shell scripts are run.'],
    ['a.ps1', 'error tosca-script “a.ps1” is a script for Windows; only shell scripts are run.'],
    ['absent.sh', 'error tosca-file The script “absent.sh” is not there.'],
    ['https://example.org/a.sh', 'error tosca-file The script “https://example.org/a.sh” is not there.'],
    ['program.sh', 'error tosca-file “program.sh” is no text, so no script.'],
  ])('cannot be run by %s', (script, finding) => {
    const nodes = `app:\n  type: tosca.nodes.WebServer\n  interfaces:\n    Standard: { start: "${script}" }\n`;
    expect(read(nodes, '', { files: SCRIPTS, binaryFiles: ['program.sh'] }).findings).toEqual([finding]);
  });

  it('says what of it is never run', () => {
    const nodes = 'app:\n  type: tosca.nodes.WebServer\n  interfaces:\n    Standard: { delete: stop.sh }\n    mine: { backup: stop.sh }\n';
    expect(read(nodes, '', { files: SCRIPTS }).findings).toEqual([
      'warning not-supported The operation “delete” is never run.',
      'warning not-supported The operation “backup” of “mine” is never run.',
    ]);
  });

  it('cannot give two values to one variable', () => {
    const nodes =
      'app:\n  type: tosca.nodes.WebServer\n  interfaces:\n    Standard:\n      create: { implementation: start.sh, inputs: { A: 1 } }\n      start: { implementation: start.sh, inputs: { A: 2 } }\n';
    expect(read(nodes, '', { files: SCRIPTS }).findings).toEqual([
      'error tosca-environment “A” has another value in “start” than in an operation before it.',
    ]);
  });

  it('that is hosted on a container cannot be installed there', () => {
    const { findings } = read(
      `web:\n  type: tosca.nodes.Container.Application\n  ${IMAGE}app:\n  type: tosca.nodes.WebApplication\n  requirements: [{ host: web }]\n`,
    );
    expect(findings).toEqual(['error tosca-host “app” cannot be hosted on the container “web”: nothing is installed in containers.']);
  });
});

describe('a container', () => {
  it('has its image, environment and ports', () => {
    const { services, findings } = read(
      `db:
  type: my.Db
  artifacts:
    image: { file: "team/db:1", type: tosca.artifacts.Deployment.Image.Container.Docker, repository: mine }
  interfaces:
    Standard:
      create: { implementation: image, inputs: { PASSWORD: secret, OPTIONS: { a: 1 } } }
  capabilities:
    data: { properties: { port: 5432 } }
    dns: { properties: { port: 53, protocol: udp } }
    public: { properties: { port: 80 } }
    host: { properties: { publish_ports: [{ source: 9000, target: 9001 }] } }
`,
      `repositories:
  mine: { url: "https://registry.example.org:5000/" }
node_types:
  my.Db:
    derived_from: tosca.nodes.Container.Application.Docker
    capabilities:
      data: tosca.capabilities.Endpoint.Database
      dns: tosca.capabilities.Endpoint
      public: tosca.capabilities.Endpoint.Public
`,
    );
    expect(findings).toEqual([]);
    expect(services.db).toMatchObject({
      type: 'docker-container',
      'brooklyn.config': {
        'docker.image.name': 'registry.example.org:5000/team/db:1',
        'docker.container.environment': { PASSWORD: 'secret', OPTIONS: '{"a":1}' },
        'docker.container.openPorts': [5432, '53/udp'],
        'docker.container.directPorts': [80],
        'docker.container.portBindings': { '9001': 9000 },
      },
    });
  });

  it('of Docker Hub needs no registry', () => {
    const repositories = 'repositories:\n  docker_hub: https://registry.hub.docker.com/\n';
    const nodes =
      'db:\n  type: tosca.nodes.Container.Application.Docker\n  artifacts:\n    i: { file: mysql, type: tosca.artifacts.Deployment.Image.Container.Docker, repository: docker_hub }\n';
    expect(read(nodes, repositories).services.db['brooklyn.config']).toEqual({ 'docker.image.name': 'mysql' });
  });

  it('is also a process that has an image', () => {
    expect(read(`web:\n  type: tosca.nodes.WebServer\n  ${IMAGE}`).services.web.type).toBe('docker-container');
  });

  it('has the storage that is attached to it as volumes', () => {
    const { services, findings } = read(`data: { type: tosca.nodes.BlockStorage }
web:
  type: tosca.nodes.Container.Application
  ${IMAGE}  requirements:
  - storage: { node: data, relationship: { type: tosca.relationships.AttachesTo, properties: { location: /var/data } } }
`);
    expect(findings).toEqual([]);
    expect(services.web['brooklyn.config']['docker.container.volumes']).toEqual(['data:/var/data']);
  });

  it('needs an image, and runs no script', () => {
    expect(read('web: { type: tosca.nodes.Container.Application }\n').findings).toEqual(['error tosca-image “web” has no image.']);
    const nodes = `web:\n  type: tosca.nodes.Container.Application\n  ${IMAGE}  interfaces:\n    Standard: { start: start.sh }\n`;
    expect(read(nodes).findings).toEqual(['error tosca-script “start.sh” is not run: a container runs what its image says.']);
  });
});

describe('other nodes', () => {
  it('a load balancer is HAProxy over what its requirement names', () => {
    const { services, findings } = read(`web:
  type: tosca.nodes.Container.Application
  ${IMAGE}  capabilities: { scalable: { properties: { min_instances: 1, max_instances: 4, default_instances: 2 } } }
lb:
  type: tosca.nodes.LoadBalancer
  properties: { algorithm: least_connections }
  capabilities: { client: { properties: { port: 8080 } } }
  requirements: [{ application: { node: web, relationship: tosca.relationships.RoutesTo } }]
`);
    expect(findings).toEqual([]);
    expect(services.lb).toMatchObject({
      type: 'haproxy',
      'brooklyn.config': {
        'loadbalancer.serverpool': '$brooklyn:component("web-cluster")',
        'proxy.http.port': 8080,
        'haproxy.balance': 'leastconn',
      },
    });
    expect(services['web-cluster']).toMatchObject({
      type: 'dynamic-cluster',
      'brooklyn.config': { 'cluster.initial.size': 2, 'cluster.max.size': 4 },
    });
    expect(services.web.type).toBe('docker-container');
  });

  it('a network is joined by the nodes whose ports lead to it', () => {
    const { services, findings } = read(`net: { type: tosca.nodes.network.Network, properties: { cidr: 10.1.0.0/16, network_name: back } }
web:
  type: tosca.nodes.Container.Application
  ${IMAGE}port:
  type: tosca.nodes.network.Port
  requirements: [{ binding: web }, { link: net }]
`);
    expect(findings).toEqual([]);
    expect(services.net).toMatchObject({
      type: 'virtual-network',
      'brooklyn.config': { 'network.id': 'back', 'network.cidr': '10.1.0.0/16' },
    });
    expect(services.web['brooklyn.config']['network.list']).toEqual(['back']);
  });

  it('storage that no container uses is not made', () => {
    expect(read('data: { type: tosca.nodes.ObjectStorage, properties: { name: x } }\n').findings).toEqual([
      'warning not-supported The storage “data” is not made: only containers are given volumes.',
    ]);
  });

  it('a type of Brooklyn or of the catalog is used as it is, with the properties as its config', () => {
    const types =
      'node_types:\n  org.apache.brooklyn.entity.webapp.tomcat.TomcatServer:\n    derived_from: tosca.nodes.Root\n  tomcat-node:\n    derived_from: tosca.nodes.Root\n';
    const nodes =
      'a: { type: org.apache.brooklyn.entity.webapp.tomcat.TomcatServer, properties: { http.port: 8080+ } }\nb: { type: tomcat-node }\n';
    const { services } = read(nodes, types, { entities: ['tomcat-node'] });
    expect(services.a).toMatchObject({
      type: 'org.apache.brooklyn.entity.webapp.tomcat.TomcatServer',
      'brooklyn.config': { 'http.port': '8080+' },
    });
    expect(services.b.type).toBe('tomcat-node');
    expect(read(nodes, types).services.b.type).toBe('vanilla-process');
  });

  it('a copy says what its original says, with its own over it', () => {
    const { services, findings } = read(
      'a: { type: tosca.nodes.DBMS, properties: { port: 1, root_password: x } }\nb: { copy: a, properties: { port: 2 } }\n',
    );
    expect(findings).toEqual([]);
    expect(services.b['brooklyn.parameters'].map(({ name, default: value }: { name: string; default: unknown }) => [name, value])).toEqual([
      ['root_password', 'x'],
      ['port', 2],
    ]);
    expect(read('a: { copy: b }\nb: { copy: a }\n').findings).toContain('error tosca-circle “a” is a copy of itself.');
    expect(read('a: { copy: c }\nb: { type: tosca.nodes.Root }\n').findings).toContain(
      'error tosca-unknown-node There is no node “c” to copy.',
    );
  });

  it('directives and filters have no effect, which is said', () => {
    expect(read('a: { type: tosca.nodes.Root, directives: [select], node_filter: {} }\n').findings).toEqual([
      'warning not-supported The directive “select” has no effect: the node is made as it stands here.',
      'warning not-supported Nodes are not chosen by a filter: the node is made as it stands here.',
    ]);
  });
});
