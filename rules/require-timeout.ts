import { createRule } from '../src/create-rule.js';
import { alsoSuggest, attach } from '../src/fix/edit.js';
import { shortDeadlinesOf, type ShortDeadline } from '../src/options/deadlines.js';
import { endlessCallsOf, idleTimeoutsOf, type EndlessCall, type EndlessWait, type IdleTimeout } from '../src/options/waits.js';
import { addCompanion, addTimeouts, isMadePerCall } from '../src/repair/add-timeout.js';
import { shareInstance } from '../src/repair/share-instance.js';
import { deadlineFromNow } from '../src/repair/change-option.js';
import { companionText, optionText, waitedFor, waysText } from '../src/report/options.js';
import { calledAs, excerpt } from '../src/report/words.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { isForBrowser } from '../src/scope/platform.js';

type Options = readonly [
  {
    readonly checkRequest: boolean;
    readonly checkConnect: boolean;
    readonly checkAcquire: boolean;
    readonly checkQuery: boolean;
    readonly requestMs: number;
    readonly connectMs: number;
    readonly acquireMs: number;
    readonly queryMs: number;
  },
];

const TIME = { type: 'integer', minimum: 1 } as const;

export default createRule<
  Options,
  'add' | 'deadline' | 'deadSignal' | 'fromNow' | 'idle' | 'instance' | 'missing' | 'nominal' | 'unread'
>({
  name: 'require-timeout',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a timeout for requests, connections and waits that would otherwise have none',
      recommended: 'warn',
      strict: 'error',
      strictOptions: [{ checkQuery: true }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkRequest: { type: 'boolean', description: 'Requests to other services.' },
          checkConnect: { type: 'boolean', description: 'Connections that are opened.' },
          checkAcquire: { type: 'boolean', description: 'The wait for a free connection of a pool.' },
          checkQuery: { type: 'boolean', description: 'Statements and commands.' },
          requestMs: { ...TIME, description: 'The time that a suggestion gives a request, in milliseconds.' },
          connectMs: { ...TIME, description: 'The time that a suggestion gives a connection, in milliseconds.' },
          acquireMs: { ...TIME, description: 'The time that a suggestion gives the wait for a connection, in milliseconds.' },
          queryMs: { ...TIME, description: 'The time that a suggestion gives a statement, in milliseconds.' },
        },
      },
    ],
    defaultOptions: [
      {
        checkRequest: true,
        checkConnect: true,
        checkAcquire: true,
        checkQuery: false,
        requestMs: 10_000,
        connectMs: 10_000,
        acquireMs: 10_000,
        queryMs: 60_000,
      },
    ],
    messages: {
      missing: '`{{call}}` waits for {{what}} for ever: no timeout is set for it. {{ways}}',
      nominal: '`{{call}}` has no timeout of its own: {{note}}. {{ways}}',
      deadSignal: 'Nobody aborts `{{signal}}` in this file, so that `{{call}}` has no timeout. {{ways}}',
      unread: '`{{option}}` {{does}}, and `{{call}}` has no timeout. {{ways}}',
      idle: '`{{option}}` alone {{otherwise}}. {{companion}}',
      deadline:
        '`{{option}}` is a point in time and not a duration: it lies in the past, so that the call fails at once. Write `Date.now() + {{value}}`.',
      add: 'Write `{{written}}`.',
      instance: 'Call an instance with a timeout: `{{written}}`.',
      fromNow: 'Count from now: `Date.now() + {{value}}`.',
    },
  },
  create(context, [options]) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) !== 'server') return {};
    const wanted = {
      request: options.checkRequest,
      connect: options.checkConnect,
      acquire: options.checkAcquire,
      query: options.checkQuery,
    };
    const times = {
      request: options.requestMs,
      connect: options.connectMs,
      acquire: options.acquireMs,
      query: options.queryMs,
    };
    return {
      'Program:exit'() {
        for (const { call, waits } of endlessCallsOf(file)) {
          const endless = waits.filter(({ wait }) => wanted[wait.for]);
          const [first] = endless;
          if (!first || isForBrowser(file, call.node)) continue;
          const edit = addTimeouts(file, endless, ({ wait }) => times[wait.for]);
          const instance = shareInstance(file, { call, waits: endless }, times[first.wait.for]);
          context.report({
            node: call.node,
            messageId: messageOf(first),
            data: describe(file, { call, waits: endless }, first),
            ...alsoSuggest(
              attach(edit, { messageId: 'add', data: { written: edit?.written } }, file.settings.autofix),
              instance,
              { messageId: 'instance', data: { written: instance?.written } },
            ),
          });
        }
        for (const idle of idleTimeoutsOf(file)) {
          const edit = addCompanion(file, idle);
          context.report({
            node: idle.given.property ?? idle.given.value,
            messageId: 'idle',
            data: describeIdle(file, idle),
            ...attach(edit, { messageId: 'add', data: { written: edit?.written } }, file.settings.autofix),
          });
        }
        for (const deadline of shortDeadlinesOf(file)) {
          context.report({
            node: deadline.given.node,
            messageId: 'deadline',
            data: describeDeadline(file, deadline),
            ...attach(
              deadline.given.object && isMadePerCall(deadline.given.object) ? deadlineFromNow(file, deadline.given) : null,
              { messageId: 'fromNow', data: { value: file.sourceCode.getText(deadline.given.value) } },
              file.settings.autofix,
            ),
          });
        }
      },
    };
  },
});

function messageOf({ deadSignal, unread, wait }: EndlessWait): 'deadSignal' | 'missing' | 'nominal' | 'unread' {
  if (deadSignal) return 'deadSignal';
  if (unread) return 'unread';
  return wait.nominal ? 'nominal' : 'missing';
}

function describe(
  file: SourceFile,
  { call, waits }: EndlessCall,
  { deadSignal, unread, wait }: EndlessWait,
): Record<string, string> {
  return {
    call: calledAs(file, call.node),
    what: waitedFor(waits),
    note: wait.note ?? '',
    signal: deadSignal ? excerpt(file, deadSignal.value) : '',
    option: unread ? optionText(file, { ...unread.given, name: unread.entry.option, node: unread.given.value }) : '',
    does: unread?.entry.does ?? 'is not read',
    ways: waysText(waits),
  };
}

function describeIdle(file: SourceFile, { call, fact, given, needs }: IdleTimeout): Record<string, string> {
  return {
    option: given.property ? optionText(file, { ...given, name: fact.option, node: given.property }) : excerpt(file, call.node),
    otherwise: needs.otherwise,
    companion: companionText(needs),
  };
}

function describeDeadline(file: SourceFile, { given }: ShortDeadline): Record<string, string> {
  return { option: optionText(file, given), value: file.sourceCode.getText(given.value) };
}
