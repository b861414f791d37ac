import { createRule } from '../src/create-rule.js';
import { poolUsesOf, statementText } from '../src/lifetime/pool-uses.js';
import { excerpt } from '../src/report/words.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

// Statements that mean something only to later statements on the same connection.
const SESSION =
  /^\s*(?:(?:\/\*[^]*?\*\/|--[^\n]*\n)\s*)*(BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE\s+SAVEPOINT|SET\s+LOCAL|SET\s+TRANSACTION|LOCK\s+TABLES?|UNLOCK\s+TABLES|LISTEN|DECLARE)\b/iu;

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
      transaction:
        '`{{statement}}` through `{{call}}` begins a transaction on one connection of the pool; each later statement may run on another one, outside of it. Take one connection out for the whole transaction.',
      session:
        '`{{statement}}` through `{{call}}` holds for one connection of the pool; the statements it is meant for may run on another one. Take one connection out for all of them.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer || fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        for (const use of poolUsesOf(file)) {
          const text = use.kind === 'shortcut' ? statementText(use) : null;
          const statement = text === null ? null : (SESSION.exec(text)?.[1]?.toUpperCase().replace(/\s+/gu, ' ') ?? null);
          // Several statements in one text run on one connection.
          if (statement === null || text === null || /;\s*\S/u.test(text)) continue;
          context.report({
            node: use.node,
            messageId: /^(?:BEGIN|START|COMMIT|ROLLBACK)/u.test(statement) ? 'transaction' : 'session',
            data: { statement, call: excerpt(file, use.node.callee, '()') },
          });
        }
      },
    };
  },
});
