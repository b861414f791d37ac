import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import { unlimitedClientsOf } from '../src/options/unlimited.js';
import { addedOption } from '../src/repair/change-option.js';
import { optionNames } from '../src/report/options.js';
import { calledAs } from '../src/report/words.js';
import { sourceFileOf } from '../src/resolve/source-file.js';
import { creationScopes } from '../src/scope/creation-scope.js';
import { fileKindOf } from '../src/scope/file-kind.js';

type Options = readonly [{ readonly limit: number }];

export default createRule<Options, 'add' | 'unlimited'>({
  name: 'require-explicit-limit',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a limit on connections where the library has none by default',
      recommended: 'off',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          limit: { type: 'integer', minimum: 1, description: 'The number of connections that a suggestion writes.' },
        },
      },
    ],
    defaultOptions: [{ limit: 50 }],
    messages: {
      unlimited:
        '`{{call}}` has no limit on {{what}}: with a burst of requests, or a slow server, it opens one for each of them. Set {{options}}.',
      add: 'Write `{{written}}`.',
    },
  },
  create(context, [{ limit }]) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) !== 'server') return {};
    return {
      'Program:exit'() {
        for (const { absent, argument, call, limits, what } of unlimitedClientsOf(file)) {
          // What is made for one request, or nobody knows for how many, opens no more than that one asks for.
          if (creationScopes(file).of(call.node).kind !== 'once') continue;
          const edit = addedOption(file, call, absent, argument, String(limit));
          context.report({
            node: call.node,
            messageId: 'unlimited',
            data: { call: calledAs(file, call.node), what, options: optionNames(limits) },
            ...attach(edit, { messageId: 'add', data: { written: edit?.written } }, file.settings.autofix),
          });
        }
      },
    };
  },
});
