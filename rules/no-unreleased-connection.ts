import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import { acquisitionsOf, type Acquisition } from '../src/lifetime/acquisitions.js';
import type { Exit, Outcome } from '../src/lifetime/outcome.js';
import { giveBackInFinally } from '../src/repair/give-back.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { executionScopeOf } from '../src/scope/execution-scope.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { excerpt, linesOf } from '../src/report/words.js';

const NOUNS = { connection: 'connection', cursor: 'cursor', session: 'session', transaction: 'transaction' } as const;

export default createRule({
  name: 'no-unreleased-connection',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require connections, transactions and cursors to be given back on every path',
      recommended: 'error',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      never: '`{{call}}` takes a {{thing}} that is never given back: once all are taken, every further call waits. {{advice}}',
      somePaths: 'The {{thing}} from `{{call}}` is not given back when {{exits}}: each time, the pool has one less. {{advice}}',
      unlessThrows:
        'The {{thing}} from `{{call}}` is not given back when {{exits}} throws: each time, the pool has one less. {{advice}}',
      event:
        'The {{thing}} from `{{call}}` is given back only on the event listened to in {{exits}}, which does not come when the stream fails: listen to `close`, or to `error` as well.',
      overwritten: 'The {{thing}} from `{{call}}` loses its name on {{exits}} before it is given back. {{advice}}',
      neverClosed: '`{{call}}` opens a connection that is never closed. {{advice}}',
      notClosed: 'The connection that `{{call}}` opens is not closed when {{exits}}. {{advice}}',
      openTransaction:
        'The transaction that `{{call}}` begins is neither committed nor rolled back when {{exits}}{{after}} Roll it back in a `catch`.',
      openTransactionAlways: 'The transaction that `{{call}}` begins is neither committed nor rolled back.',
      disposeKeeps: '`using` does not give back the {{thing}} from `{{call}}`: its dispose symbol leaves it taken. {{advice}}',
      inFinally: 'Give it back in a `finally`.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer || fileKindOf(file) !== 'server') return {};
    return {
      'Program:exit'() {
        const leaking = new Set<unknown>();
        for (const acquisition of acquisitionsOf(file)) {
          const { outcome } = acquisition.evaluation;
          if (!('exits' in outcome) || !isCertain(file, acquisition, outcome)) continue;
          // The transaction goes with the connection, whose report says the same.
          const begun = acquisition.transaction !== null && acquisition.kind === 'transaction';
          if (begun && acquisition.values.holders.some((variable) => leaking.has(variable))) continue;
          for (const variable of acquisition.values.holders) leaking.add(variable);
          context.report({
            node: acquisition.node,
            messageId: messageOf(acquisition, outcome),
            data: describe(file, acquisition, outcome.exits),
            ...attach(giveBackInFinally(file, acquisition), { messageId: 'inFinally' }, file.settings.autofix),
          });
        }
      },
    };
  },
});

type Leak = Extract<Outcome, { readonly exits: readonly Exit[] }>;
type MessageId =
  | 'disposeKeeps'
  | 'event'
  | 'never'
  | 'neverClosed'
  | 'notClosed'
  | 'openTransaction'
  | 'openTransactionAlways'
  | 'overwritten'
  | 'somePaths'
  | 'unlessThrows';

// What start-up code opens may be meant for the life of the process, and what fails there ends it.
function isCertain(file: SourceFile, acquisition: Acquisition, outcome: Leak): boolean {
  const { kind } = executionScopeOf(file, acquisition.node);
  if (kind === 'test') return false;
  return (kind !== 'module' && kind !== 'startup') || outcome.kind === 'some-paths';
}

function messageOf({ kind, transaction, checkout }: Acquisition, outcome: Leak): MessageId {
  if (kind === 'transaction' && (transaction ?? checkout?.transaction))
    return outcome.kind === 'never' ? 'openTransactionAlways' : 'openTransaction';
  if (kind === 'connection') return outcome.kind === 'never' ? 'neverClosed' : 'notClosed';
  if (outcome.kind === 'never')
    return checkout?.dispose?.effect === 'leaks' && outcome.exits.length === 0 ? 'disposeKeeps' : 'never';
  if (outcome.kind === 'unless-throws') return 'unlessThrows';
  if (outcome.exits.every((exit) => exit.kind === 'event')) return 'event';
  return outcome.exits.every((exit) => exit.kind === 'overwritten') ? 'overwritten' : 'somePaths';
}

function describe(file: SourceFile, acquisition: Acquisition, exits: readonly Exit[]): Record<string, string> {
  const { node, checkout, creator, transaction } = acquisition;
  const close = creator?.close[0]?.method;
  const release = checkout?.release.find((member) => !member.includes(':'));
  const way = close ?? release?.replace(/^pool\./u, '');
  return {
    call: excerpt(file, node.callee, '()'),
    thing: NOUNS[checkout?.takes ?? 'connection'],
    exits: linesOf(exits),
    advice: way === undefined ? 'Give it back in a `finally`.' : `Call \`${way}()\` in a \`finally\`.`,
    after:
      transaction?.onRelease === 'stays-open'
        ? ': the next user of the connection finds itself in it.'
        : ': its locks stay until the connection ends.',
  };
}
