/**
 * The published files: the plugin with the heads of its rules, the analysis, and the runner. Loading 200 modules takes five times as long
 * as loading one of the same length, and a file without a client needs none of the analysis.
 */
import path from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { rules } from './rules/index.js';
import { vocabulary } from './src/catalog/catalog.js';

const external = /^(?:node:|@?[a-z])/u;
const root = import.meta.dirname;

// In the sources the plugin imports its rules; in the package it holds what they say about themselves, and loads them when needed.
const deferred: Plugin = {
  name: 'deferred-rules',
  resolveId: (source, importer) =>
    source === '../rules/index.js' && importer !== undefined ? { id: '\0deferred-rules' } : null,
  load: (id) => {
    if (id !== '\0deferred-rules') return null;
    const heads = Object.fromEntries(Object.entries(rules).map(([name, { meta }]) => [name, { meta }]));
    return `import { deferredRules } from ${JSON.stringify(path.join(root, 'src/deferred.ts'))};
      export const rules = deferredRules(${JSON.stringify(heads)}, ${JSON.stringify(vocabulary)}, './analysis.cjs');`;
  },
};

export default defineConfig([
  {
    input: { index: 'src/index.ts', cli: 'src/cli/index.ts' },
    platform: 'node',
    external,
    plugins: [deferred],
    output: { dir: 'dist', format: 'esm', chunkFileNames: '[name].js', cleanDir: true },
  },
  {
    input: { analysis: 'rules/index.ts' },
    platform: 'node',
    external,
    output: { dir: 'dist', format: 'cjs', entryFileNames: '[name].cjs' },
  },
]);
