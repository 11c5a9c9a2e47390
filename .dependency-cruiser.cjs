const tests = '\\.(test|contract|vm)\\.tsx?$|/testing/';

/** The layers of docs/CONTRIBUTING.md, as rules. Each comment says what breaks without the rule. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Types may refer to each other (a value holds specs, specs hold values); modules that run may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-is-pure',
      comment: 'The browser runs the same planner, so domain may see neither Node nor any other layer.',
      severity: 'error',
      from: { path: '^server/domain/', pathNot: tests },
      to: { path: '^server/(?!domain/)|^(app|components|e2e|bench)/' },
    },
    {
      name: 'domain-imports-no-node',
      severity: 'error',
      from: { path: '^server/domain/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-libraries',
      comment: 'Only pure isomorphic libraries; fflate unpacks uploads, in the browser too.',
      severity: 'error',
      from: { path: '^server/domain/', pathNot: tests },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|yaml|ipaddr\\.js|@marcbachmann/cel-js|croner|fflate)/' },
    },
    {
      name: 'ports-see-domain-only',
      severity: 'error',
      from: { path: '^server/ports/', pathNot: tests },
      to: { path: '^server/(?!domain/|ports/)|^(app|components|e2e|bench)/' },
    },
    {
      name: 'plugins-see-ports-and-domain',
      severity: 'error',
      from: { path: '^server/plugins/', pathNot: tests },
      to: { path: '^server/(?!domain/|ports/|plugins/)|^(app|components|e2e|bench)/' },
    },
    {
      name: 'plugins-are-strangers',
      comment:
        'A plug-in that imports another cannot be added or removed as one file. sdn/attaching is none: providers that attach containers share it.',
      severity: 'error',
      from: { path: '^server/plugins/([^/]+)/([^/.]+)', pathNot: tests },
      to: { path: '^server/plugins/[^/]+/', pathNot: '^server/plugins/$1/$2|^server/plugins/sdn/attaching/' },
    },
    {
      name: 'engine-reaches-the-world-through-ports',
      severity: 'error',
      from: { path: '^server/engine/', pathNot: tests },
      to: { path: '^server/(adapters|api|cli|plugins/(?!registry))' },
    },
    {
      name: 'adapters-see-ports-and-domain',
      severity: 'error',
      from: { path: '^server/adapters/', pathNot: tests },
      to: { path: '^server/(engine|api|cli|plugins)/' },
    },
    {
      name: 'ssh2-and-dockerode-only-in-adapters',
      severity: 'error',
      from: { path: '^(server|app|components)/', pathNot: `^server/adapters/|${tests}` },
      to: { path: 'node_modules/(ssh2|dockerode|docker-modem)/' },
    },
    {
      name: 'api-and-cli-see-no-adapter',
      severity: 'error',
      from: { path: '^server/api/', pathNot: tests },
      to: { path: '^server/(adapters|cli|plugins/(?!registry))' },
    },
    {
      name: 'ui-takes-values-from-domain-only',
      comment: 'Types from anywhere in server, values only from domain: the engine never ends up in a bundle. Tests are in none.',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: `^components/planner/browser-library|${tests}` },
      to: { path: '^server/(?!domain/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'react-flow-only-in-canvas',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: '^components/canvas/' },
      to: { path: 'node_modules/@xyflow/', pathNot: '\\.css$' },
    },
    {
      name: 'server-imports-no-ui',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'test-helpers-never-ship',
      severity: 'error',
      from: { path: '^(server|app|components)/', pathNot: tests },
      to: { path: '/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)\\.next/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
