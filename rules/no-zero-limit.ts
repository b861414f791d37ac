import type { Node } from '../src/ast/nodes.js';
import { createRule } from '../src/create-rule.js';
import { attach, type Attachment } from '../src/fix/edit.js';
import { givenParametersOf } from '../src/options/connection-strings.js';
import { givenOptionsOf, type GivenOption } from '../src/options/given.js';
import { judgeParameter, judgeValue, type Judgement } from '../src/options/unbounded.js';
import { isMeantToStayOpen } from '../src/options/waits.js';
import { leaveOut, replaceValue } from '../src/repair/change-option.js';
import { optionText, valueText } from '../src/report/options.js';
import { excerpt } from '../src/report/words.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

type Options = readonly [
  {
    readonly checkDefaults: boolean;
    readonly limit: number;
    readonly queueLimit: number;
    readonly timeoutMs: number;
  },
];
type MessageId = 'branch' | 'fallback' | 'leaveOut' | 'replace' | 'value';

export default createRule<Options, MessageId>({
  name: 'no-zero-limit',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow zero and similar values where they lift, void or break a limit or timeout',
      recommended: 'error',
      strict: 'error',
      strictOptions: [{ checkDefaults: true }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkDefaults: {
            type: 'boolean',
            description: 'Also report a value that only says what the library does by default: `queueLimit: 0`.',
          },
          limit: { type: 'integer', minimum: 1, description: 'The number of connections that a suggestion writes.' },
          queueLimit: { type: 'integer', minimum: 1, description: 'The number of waiting requests that a suggestion writes.' },
          timeoutMs: { type: 'integer', minimum: 1, description: 'The time that a suggestion writes, in milliseconds.' },
        },
      },
    ],
    defaultOptions: [{ checkDefaults: false, limit: 10, queueLimit: 100, timeoutMs: 10_000 }],
    messages: {
      value: '`{{option}}` {{does}}. {{advice}}',
      fallback: '`{{option}}` is {{value}} where `{{missing}}` is not set, which {{does}}. {{advice}}',
      branch: '`{{option}}` can be {{value}}, which {{does}}. {{advice}}',
      leaveOut: 'Leave `{{name}}` out for the default{{default}}.',
      replace: 'Write {{number}}.',
    },
  },
  create(context, [options]) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        for (const given of givenOptionsOf(file)) {
          const judgement = judgeValue(file, given);
          if (!judgement || (judgement.isDefault && !options.checkDefaults)) continue;
          // A stream or a long poll has no end on purpose.
          if (judgement.lifts === 'time' && given.call && isMeantToStayOpen(file, given.call)) continue;
          context.report({
            node: given.node,
            messageId: judgement.possible.when === 'always' ? 'value' : judgement.possible.when,
            data: {
              option: judgement.possible.when === 'always' ? optionText(file, given) : given.name,
              value: valueText(judgement.possible.value),
              missing: judgement.possible.missing ? excerpt(file, converted(judgement.possible.missing)) : '',
              does: judgement.effect.does,
              advice: judgement.remedy.advice,
            },
            ...repair(file, given, judgement, options),
          });
        }
        for (const parameter of givenParametersOf(file)) {
          const judgement = judgeParameter(parameter);
          if (!judgement || (judgement.isDefault && !options.checkDefaults)) continue;
          const { effect, remedy } = judgement;
          const data = { option: `${parameter.name}=${parameter.value}`, does: effect.does, advice: remedy.advice };
          context.report({ node: parameter.node, messageId: 'value', data });
        }
      },
    };
  },
});

// `Number(process.env.MAX) || 0`: what is not set stands inside.
function converted(node: Node): Node {
  return node.type === 'CallExpression' && node.arguments[0] ? node.arguments[0] : node;
}

function repair(
  file: SourceFile,
  given: GivenOption,
  { possible, remedy }: Judgement,
  options: Options[0],
): Attachment<MessageId> {
  const { autofix } = file.settings;
  const isWhole = possible.when === 'always';
  const without = isWhole && remedy.leftOut ? leaveOut(file, given, remedy.leftOut === 'same' ? 'fix' : 'suggest') : null;
  if (without) return attach(without, { messageId: 'leaveOut', data: { name: given.name, default: remedy.default } }, autofix);
  const number = remedy.number(options);
  const replaced = number === null ? null : replaceValue(file, given, possible.node, number);
  return attach(replaced, { messageId: 'replace', data: { number: String(number) } }, autofix);
}
