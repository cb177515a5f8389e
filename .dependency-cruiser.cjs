// The floor plan: a room imports only from rooms to its left (docs/architecture.md).
const floors = [
  ['shared'],
  ['infra'],
  ['audit'],
  ['ledger', 'notifications', 'content', 'tariffs'],
  ['auth'],
  ['customers', 'stations'],
  ['cards', 'payments', 'papers', 'tasks'],
  ['loyalty', 'lines'],
  ['sims', 'support', 'speedtest'],
  ['orders'],
  ['privacy'],
  ['pos', 'site', 'cabinet', 'backoffice'],
];

const arrows = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const allowed = [...floors.slice(0, floor).flat(), room].join('|');
    return {
      name: `${room}-imports-from-its-left`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|test|bench|scripts|seeds)/', pathNot: `^src/(${allowed})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'every-room-is-on-the-plan',
      comment: 'A new folder under src/ takes its place in this file first.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${floors.flat().join('|')}|demo|start)/` },
      to: {},
    },
    {
      name: 'only-the-app-knows-the-demo',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: ['^src/demo/', '\\.spec\\.ts$'] },
      to: { path: '^src/demo/' },
    },
    {
      name: 'only-main-starts-things',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/start/', '^src/main\\.ts$', '\\.spec\\.ts$'] },
      to: { path: '^src/start/' },
    },
    {
      name: 'no-cycles',
      comment: 'Types may refer to one another; what runs may not.',
      severity: 'error',
      from: { path: '^(src|test|bench)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^(src|test|bench|scripts|seeds)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'product-uses-no-dev-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^(test|bench)/', '\\.spec\\.ts$'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
