import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';
import { readComposeFixtures } from './compose-fixtures.ts';
import { makeZip } from './make-zip.ts';

/** Something that is read without complaint, or nearly: the bytes of a text, or of an archive, and what comes with it. */
export interface GoodInput {
  readonly name: string;
  readonly kind: 'blueprint' | 'catalog' | 'archive';
  readonly bytes: Uint8Array;
  readonly parts?: Omit<BlueprintInput, 'text'>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const CORPUS = path.resolve(ROOT, '../shared/corpus');
const LARGEST = 24 * 1024;

const RUN_COMMANDS: readonly string[] = [
  "docker run -d --name web -p 8080:80 -p 127.0.0.1:53:53/udp -e A=1 --env 'B=two words' -v data:/data:ro --memory=512m nginx:1.25 nginx -g 'daemon off;'",
  'docker network create shop\ndocker volume create data\ndocker run -d --name db --network shop --network-alias database -v data:/data postgres:16\ndocker run -d --network shop --link db:sql wordpress; docker run wordpress',
  'sudo docker run -itd -p8080:80 --health-cmd "curl -f localhost" --health-interval 10s --mount type=volume,source=data,target=/data,readonly \\\n  --ulimit nofile=1024:2048 --restart on-failure:3 redis:7 # as in the readme',
];

const TEMPLATE = `tosca_definitions_version: tosca_simple_yaml_1_3
imports: [types.yaml]
topology_template:
  inputs: { n: { type: integer, default: 2, constraints: [{ in_range: [1, 9] }] } }
  node_templates:
    server: { type: tosca.nodes.Compute, capabilities: { scalable: { properties: { default_instances: { get_input: n }, max_instances: 3 } } } }
    app:
      type: tosca.nodes.SoftwareComponent
      interfaces: { Standard: { create: { implementation: scripts/a.sh, inputs: { P: { get_attribute: [server, public_address] } } } } }
      requirements: [{ host: server }]
    web: { type: tosca.nodes.Container.Application, artifacts: { i: { file: nginx, type: tosca.artifacts.Deployment.Image.Container.Docker } } }
  groups: { g: { members: [web] } }
  policies: [{ s: { type: tosca.policies.Scaling, targets: [g], properties: { max_instances: 4 } } }]
  outputs: { o: { value: { concat: [a, { get_attribute: [server, public_address] }] } } }
`;
const TYPES = 'tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types: { my.A: { derived_from: tosca.nodes.Root } }\n';

/** Blueprints that ship, fixtures of Compose and TOSCA, commands of docker, archives, and the corpus with its catalogs. */
export async function readGoodInputs(): Promise<readonly GoodInput[]> {
  const compose = (await readComposeFixtures()).map(({ name, input: { text, ...parts } }) => blueprint(`compose ${name}`, text, parts));
  const commands = RUN_COMMANDS.map((text, index) => blueprint(`docker run ${index}`, text, {}));
  const tosca = blueprint('tosca', TEMPLATE, { files: { 'types.yaml': TYPES, 'scripts/a.sh': 'echo' } });
  return [...texts(path.join(ROOT, 'blueprints')), ...compose, ...commands, tosca, ...archives(), ...texts(CORPUS)];
}

function blueprint(name: string, text: string, parts: GoodInput['parts'] = {}): GoodInput {
  return { name, kind: 'blueprint', bytes: Buffer.from(text), parts };
}

function texts(folder: string): readonly GoodInput[] {
  return globSync('**/*.{yaml,yml,bom}', { cwd: folder }).flatMap((file): readonly GoodInput[] => {
    const bytes = readFileSync(path.join(folder, file));
    if (bytes.length > LARGEST) return [];
    return [{ name: file, kind: bytes.includes('brooklyn.catalog') ? 'catalog' : 'blueprint', bytes }];
  });
}

function archives(): readonly GoodInput[] {
  const files = [
    { name: 'types.yaml', content: TYPES },
    { name: 'scripts/a.sh', content: 'echo' },
  ];
  const meta = {
    name: 'TOSCA-Metadata/TOSCA.meta',
    content: 'TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nEntry-Definitions: main.yaml\n',
  };
  return [
    { name: 'archive', kind: 'archive', bytes: makeZip([meta, { name: 'main.yaml', content: TEMPLATE }, ...files]) },
    { name: 'archive, stored', kind: 'archive', bytes: makeZip([meta, { name: 'main.yaml', content: TEMPLATE, method: 0 }, ...files]) },
    {
      name: 'archive in a folder',
      kind: 'archive',
      bytes: makeZip([{ name: 'app/compose.yaml', content: 'services: {web: {image: nginx}}' }]),
    },
  ];
}
