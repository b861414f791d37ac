import { createRule } from '../src/create-rule.js';
import { contains, enclosingFunction } from '../src/ast/nodes.js';
import { hasOneConnection, isSamePool } from '../src/lifetime/pool-identity.js';
import { poolStatementsOf, type PoolStatement } from '../src/lifetime/session-statements.js';
import { calledAs } from '../src/report/words.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

export default createRule({
  name: 'no-pool-transaction',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow transactions through the query method of a pool',
      recommended: 'error',
      strict: 'error',
    },
    schema: [],
    messages: {
      begin:
        '`{{statement}}` through `{{call}}` begins a transaction on one connection of the pool; each later statement may run on another one, outside of it. Take one connection out for the whole transaction.',
      inside:
        '`{{statement}}` through `{{call}}` may run on another connection of the pool than the transaction it is meant for. Send it on the connection that the transaction runs on.',
      session:
        '`{{statement}}` through `{{call}}` holds for one connection of the pool; the statements it is meant for may run on another one, and whoever gets this one next finds it changed. Take one connection out for all of them.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer) return {};
    const fileKind = fileKindOf(file);
    if (fileKind === 'test') return {};
    return {
      'Program:exit'() {
        const statements = poolStatementsOf(file).filter(({ use }) => !hasOneConnection(file, use.pool));
        for (const statement of statements) {
          const { kind, node, words } = statement;
          const isOfTransaction = kind === 'begin' || kind === 'inside';
          // The statements of a script follow each other on one connection, and nobody comes after it.
          if (isCovered(statement, statements) || (fileKind === 'script' && !isOfTransaction)) continue;
          context.report({
            node,
            messageId: isOfTransaction ? kind : 'session',
            data: { statement: words, call: calledAs(file, node) },
          });
        }
      },
    };
  },
});

/** Is the statement the rest of one that is reported already: the COMMIT of a BEGIN, the unlock of a lock? */
function isCovered(statement: PoolStatement, all: readonly PoolStatement[]): boolean {
  const opening = statement.kind === 'inside' ? 'begin' : statement.kind === 'unlock' ? 'lock' : null;
  return (
    opening !== null &&
    all.some((other) => {
      const around = enclosingFunction(other.node);
      return (
        other.kind === opening &&
        isSamePool(other.use.pool, statement.use.pool) &&
        (around === null || contains(around, statement.node))
      );
    })
  );
}
