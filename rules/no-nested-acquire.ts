import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import { holdingsOf, isRun, mentions, poolUsesOf, samePool, type Holding, type PoolUse } from '../src/lifetime/pool-uses.js';
import { useHeldConnection } from '../src/repair/use-held.js';
import { excerpt } from '../src/report/words.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

export default createRule({
  name: 'no-nested-acquire',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow taking a second connection of a pool while one of it is held',
      recommended: 'error',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      nested:
        '`{{call}}` takes a second connection while the one from line {{line}} is held: when every connection is held by a request that waits for its second one, all of them wait for ever.{{advice}}',
      outside:
        '`{{call}}` takes a connection of its own and runs outside of the transaction from line {{line}}: under load all of them wait for ever.{{advice}}',
      useHeld: 'Use `{{name}}`.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer || fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        const holdings = holdingsOf(file);
        if (holdings.length === 0) return;
        for (const use of poolUsesOf(file)) {
          const holding = holdings.find((candidate) => isNestedIn(file, use, candidate));
          if (!holding) continue;
          const edit = useHeldConnection(file, use, holding);
          context.report({
            node: use.node,
            messageId: holding.kind === 'managed' ? 'outside' : 'nested',
            data: {
              call: excerpt(file, use.node.callee, '()'),
              line: String(holding.taken.loc.start.line),
              advice: holding.name === null ? '' : ` Use \`${holding.name}\`.`,
            },
            ...attach(edit, { messageId: 'useHeld', data: { name: holding.name ?? '' } }, file.settings.autofix),
          });
        }
      },
    };
  },
});

function isNestedIn(file: SourceFile, use: PoolUse, holding: Holding): boolean {
  if (use.node === holding.taken || !samePool(file, use.pool, holding.pool) || !holding.covers(use.node)) return false;
  // What is given the held connection runs on it.
  return !mentions(use.node, holding.variables) && (use.kind !== 'shortcut' || isRun(file, use.node));
}
