import { createRule } from '../src/create-rule.js';
import type { GivenOption } from '../src/options/given.js';
import { conflictsOf, type Conflict } from '../src/options/relations.js';
import { longLivedNamesOf, outlivedServersOf } from '../src/options/server-times.js';
import { sourceFileOf } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

type Options = readonly [{ readonly serverKeepAliveMs?: number; readonly maxDnsTtlMs: number }];

export default createRule<Options, 'conflict' | 'dns' | 'needs' | 'outlives'>({
  name: 'consistent-pool-limits',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow limits and times of a client that contradict each other',
      recommended: 'error',
      strict: 'error',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          serverKeepAliveMs: {
            type: 'integer',
            minimum: 1,
            description: 'How long the servers that are called keep an idle connection, in milliseconds.',
          },
          maxDnsTtlMs: { type: 'integer', minimum: 1, description: 'How long an address may be believed, in milliseconds.' },
        },
      },
    ],
    defaultOptions: [{ maxDnsTtlMs: 300_000 }],
    messages: {
      conflict: '`{{left}}` ({{leftValue}}) {{relation}} `{{right}}` ({{rightValue}}): {{otherwise}}.',
      needs: '`{{left}}` needs `{{right}}`, which is {{rightValue}}: {{otherwise}}.',
      outlives:
        '`{{option}}` keeps an idle connection for {{client}}, and the server closes it after {{server}}: a request that is sent in between fails with ECONNRESET. Keep it for less.',
      dns: '`{{option}}` lets an address be believed for {{time}}: after a failover, requests go to the old one for as long. Write at most {{most}}.',
    },
  },
  create(context, [options]) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        for (const conflict of conflictsOf(file)) {
          const { given, relation } = conflict;
          context.report({
            node: given.property ?? given.value,
            messageId: relation.kind === 'needs' ? 'needs' : 'conflict',
            data: describe(conflict),
          });
        }
        for (const { client, given, server } of outlivedServersOf(file, options.serverKeepAliveMs ?? null)) {
          const data = { option: given.name, client: timeText(given, client), server: timeText(given, server) };
          context.report({ node: given.node, messageId: 'outlives', data });
        }
        for (const { given, ms } of longLivedNamesOf(file, options.maxDnsTtlMs)) {
          const data = {
            option: given.name,
            time: ms === Infinity ? 'ever' : `up to ${timeText(given, ms)}`,
            most: timeText(given, options.maxDnsTtlMs),
          };
          context.report({ node: given.node, messageId: 'dns', data });
        }
      },
    };
  },
});

// In the unit of the option, so that it can be written there.
function timeText({ fact }: GivenOption, ms: number): string {
  if (ms === Infinity) return 'ever';
  return 'unit' in fact && fact.unit === 's' ? `${String(ms / 1000)} s` : `${String(ms)} ms`;
}

function describe({ isDefault, left, relation, right }: Conflict): Record<string, string> {
  return {
    left: relation.left,
    leftValue: isDefault.left ? `${left} by default` : left,
    relation: relation.kind === 'below' ? 'is not below' : 'is more than',
    right: relation.right,
    rightValue: right === null ? 'not given' : isDefault.right ? `${right} by default` : right,
    otherwise: relation.otherwise,
  };
}
