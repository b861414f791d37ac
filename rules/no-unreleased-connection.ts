import { createRule } from '../src/create-rule.js';
import { alsoSuggest, attach } from '../src/fix/edit.js';
import type { Acquisition } from '../src/lifetime/acquiring.js';
import { acquisitionsOf } from '../src/lifetime/acquisitions.js';
import type { Exit, Outcome } from '../src/lifetime/outcome.js';
import { giveBackByUsing, giveBackInFinally } from '../src/repair/give-back.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { executionScopeOf } from '../src/scope/execution-scope.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { calledAs, excerpt, linesIn, linesOf } from '../src/report/words.js';

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
      never: '`{{call}}` takes a {{thing}} that is never given back: {{cost}}. {{advice}}',
      somePaths: 'The {{thing}} from `{{call}}` is not given back when {{exits}}: {{each}}. {{advice}}',
      unlessThrows: 'The {{thing}} from `{{call}}` is not given back when {{exits}}: {{each}}. {{advice}}',
      event:
        'The {{thing}} from `{{call}}` is given back only on the event listened to in {{lines}}, which does not come when the stream fails: listen to `close`, or to `error` as well.',
      overwritten: 'The {{thing}} from `{{call}}` is lost when {{exits}} before it is given back: {{each}}. {{advice}}',
      neverClosed: '`{{call}}` opens a connection that is never closed. {{advice}}',
      notClosed: 'The connection that `{{call}}` opens is not closed when {{exits}}. {{advice}}',
      openTransaction:
        'The transaction that `{{call}}` begins is neither committed nor rolled back when {{exits}}: {{after}}. Roll it back in a `catch`.',
      openTransactionAlways: 'The transaction that `{{call}}` begins is neither committed nor rolled back: {{after}}.',
      disposeCommits:
        'When {{exits}}, `await using` commits the transaction that `{{call}}` begins, half done as it is. Roll it back in a `catch`.',
      disposeKeeps:
        '`await using` does not give back the {{thing}} from `{{call}}`: its dispose symbol leaves it taken. Commit it, and roll it back in a `catch`.',
      inFinally: 'Give it back in a `finally`.',
      awaitUsing: 'Declare it with `await using`, which gives it back at the end of the block.',
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
            ...alsoSuggest(
              attach(giveBackInFinally(file, acquisition), { messageId: 'inFinally' }, file.settings.autofix),
              giveBackByUsing(file, acquisition),
              { messageId: 'awaitUsing' },
            ),
          });
        }
      },
    };
  },
});

type Leak = Extract<Outcome, { readonly exits: readonly Exit[] }>;
type MessageId =
  | 'disposeCommits'
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
  if (kind !== 'module' && kind !== 'startup') return true;
  return outcome.kind === 'some-paths' && outcome.exits.some(({ rescued }) => !rescued);
}

function messageOf(acquisition: Acquisition, outcome: Leak): MessageId {
  const { kind, transaction, checkout } = acquisition;
  const disposal = isDisposed(acquisition) ? effectOfDispose(acquisition) : undefined;
  if (disposal === 'leaks') return 'disposeKeeps';
  if (kind === 'transaction' && (transaction ?? checkout?.transaction)) {
    if (disposal === 'commits') return 'disposeCommits';
    return outcome.kind === 'never' ? 'openTransactionAlways' : 'openTransaction';
  }
  if (kind === 'connection') return outcome.kind === 'never' ? 'neverClosed' : 'notClosed';
  if (outcome.kind === 'never') return 'never';
  if (outcome.kind === 'unless-throws') return 'unlessThrows';
  if (outcome.exits.every((exit) => exit.kind === 'event')) return 'event';
  return outcome.exits.every((exit) => exit.kind === 'overwritten') ? 'overwritten' : 'somePaths';
}

// Is a variable that holds it declared with `using`?
function isDisposed({ values }: Acquisition): boolean {
  return values.holders.some(
    ({ defs: [definition] }) => definition?.type === 'Variable' && definition.parent.kind.endsWith('using'),
  );
}

function effectOfDispose({ checkout, library }: Acquisition): string | undefined {
  return (checkout ?? library.checkouts?.find(({ dispose }) => dispose))?.dispose?.effect;
}

function describe(file: SourceFile, acquisition: Acquisition, exits: readonly Exit[]): Record<string, string> {
  const { node, checkout, creator, transaction } = acquisition;
  const takes = checkout?.takes ?? 'connection';
  const isSlot = takes === 'connection' || takes === 'transaction';
  return {
    call: calledAs(file, node),
    thing: takes,
    exits: linesOf(exits),
    lines: linesIn(exits.map((exit) => exit.node)),
    cost: isSlot ? 'once all are taken, every further call waits' : 'it stays open until it times out',
    each: isSlot ? 'each time, the pool has one less' : 'each time, one more stays open until it times out',
    advice: adviceOf(file, acquisition, creator?.close[0]?.method ?? checkout?.release.find((member) => !member.includes(':'))),
    after: transaction
      ? transaction.onRelease === 'stays-open'
        ? 'the next user of the connection finds itself in it'
        : 'its locks stay until the connection ends'
      : 'its connection stays taken, and its locks',
  };
}

function adviceOf(file: SourceFile, { node }: Acquisition, way: string | undefined): string {
  if (way === undefined) return 'Give it back in a `finally`.';
  const { callee } = node;
  const ofPool = way.startsWith('pool.') && callee.type === 'MemberExpression';
  const call = ofPool ? `${excerpt(file, callee.object)}.${way.slice('pool.'.length)}(…)` : `${way}()`;
  return `Call \`${call}\` in a \`finally\`.`;
}
