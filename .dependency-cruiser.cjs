/** The import rules of the rooms: what each top-level folder may import (see docs/architecture.md). */
const room = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `${name}/ may import only: ${['itself', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: {
    path: '^(core|projects|workflows|activities|adapters|inference|control|cli|web|router|monitoring|iac|stack|scaffold|tests|bench|config\\.ts|worker\\.ts)(/|$)',
    pathNot: `^(${[name, ...allowed].join('|')})(/|$)`,
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'core/ does no I/O: no node: modules but node:crypto hashing-free helpers, no clients',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core'] },
    },
    room('core', []),
    room('projects', ['core']),
    room('scaffold', ['core', 'projects']),
    { ...room('workflows', ['core', 'activities']), name: 'workflows-imports' },
    room('activities', ['core']),
    {
      ...room('adapters', ['core', 'activities/ports\\.ts']),
      from: { path: '^adapters/', pathNot: '^adapters/postgres/migrate\\.ts$' },
    },
    // server.ts, main files and the worker are the composition roots: they may also read the configuration and the projects
    {
      ...room('inference', ['core', 'adapters', 'monitoring/metrics\\.ts']),
      from: { path: '^inference/', pathNot: '^inference/server\\.ts$' },
    },
    {
      ...room('control', ['core', 'adapters', 'activities/ports\\.ts', 'monitoring/metrics\\.ts']),
      from: { path: '^control/', pathNot: '^control/(server|clean-thread)\\.ts$' },
    },
    { ...room('router', ['core']), from: { path: '^router/', pathNot: '^router/server\\.ts$' } },
    // the command line knows the control API only
    room('cli', []),
    room('monitoring', []),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
