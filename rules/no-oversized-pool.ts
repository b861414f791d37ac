import { serverFamilies } from '../src/catalog/servers.js';
import { createRule } from '../src/create-rule.js';
import { poolSizesOf } from '../src/options/pool-sizes.js';
import { mostOf, neededFor, type Load } from '../src/options/sizing.js';
import { sizeText } from '../src/report/options.js';
import { sourceFileOf } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

type Options = readonly [Load];

const COUNT = { type: 'integer', minimum: 1 } as const;

export default createRule<Options, 'oversized' | 'undersized'>({
  name: 'no-oversized-pool',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow pools that are larger than their server bears, or than the load needs',
      recommended: 'off',
      strict: 'error',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          max: {
            type: 'object',
            additionalProperties: false,
            description: 'The most connections of one pool, by kind of server.',
            properties: Object.fromEntries(serverFamilies.map((family) => [family, COUNT])),
          },
          targetRps: { type: 'number', minimum: 0.001, description: 'Statements a second, of all instances together.' },
          latencyMs: { type: 'number', minimum: 0.001, description: 'Milliseconds that a statement holds its connection.' },
          headroom: { type: 'number', minimum: 1, description: 'Factor by which bursts exceed the target.' },
          serverMaxConnections: { ...COUNT, description: 'Connections that the server accepts.' },
          instances: { ...COUNT, description: 'Processes with such a pool.' },
        },
      },
    ],
    defaultOptions: [{ headroom: 1, instances: 1 }],
    messages: {
      oversized: '`{{option}}` is {{size}} connections, which is too many: {{because}}.{{advice}}',
      undersized: '`{{option}}` is {{size}} connections, which is too few: {{because}}.{{advice}}',
    },
  },
  create(context, [load]) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        for (const size of poolSizesOf(file)) {
          const most = mostOf(size.family, load);
          const needed = neededFor(load);
          const option = sizeText(file, size);
          const connections = String(size.connections);
          const isDefault = size.node === size.call.node;
          // Nobody has chosen a default: it counts only against the numbers that somebody gave.
          if (most && size.connections >= most.connections && !(isDefault && !most.isWanted)) {
            const advice = most.isWanted ? ` Write at most ${String(most.connections - 1)}.` : '';
            context.report({
              node: size.node,
              messageId: 'oversized',
              data: { option, size: connections, because: most.because, advice },
            });
          } else if (needed && size.connections < needed.connections) {
            const isTooMuch = most && needed.connections >= most.connections;
            const advice = isTooMuch
              ? ` That is more than there may be: ${most.because}.`
              : ` Write at least ${String(needed.connections)}.`;
            context.report({
              node: size.node,
              messageId: 'undersized',
              data: { option, size: connections, because: needed.because, advice },
            });
          }
        }
      },
    };
  },
});
