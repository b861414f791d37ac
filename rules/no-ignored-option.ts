import { createRule } from '../src/create-rule.js';
import { attach, type Attachment } from '../src/fix/edit.js';
import {
  unreadOptionsOf,
  unreadParametersOf,
  wrongParametersOf,
  wrongUnitsOf,
  type UnreadOption,
  type UnreadParameter,
  type WrongUnit,
} from '../src/options/ignored.js';
import { inSeconds, mendUnread } from '../src/repair/mend-ignored.js';
import { durationText, insteadText, optionText, unreadText } from '../src/report/options.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

type MessageId = 'leaveOut' | 'parameter' | 'rename' | 'seconds' | 'unit' | 'unread';

export default createRule<readonly [], MessageId>({
  name: 'no-ignored-option',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow options that the library does not read where they stand, or takes in another unit',
      recommended: 'error',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      unread: '`{{option}}` {{does}}.{{advice}}',
      parameter: '`{{option}}` in the connection string {{does}}.{{advice}}',
      unit: '`{{option}}` is {{duration}}: the time is in seconds.',
      rename: 'Call it `{{name}}`.',
      leaveOut: 'Leave it out.',
      seconds: 'Write {{seconds}}.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) === 'test') return {};
    return {
      'Program:exit'() {
        for (const unread of unreadOptionsOf(file)) {
          const node = unread.given.property ?? unread.given.value;
          context.report({ node, messageId: 'unread', data: describe(file, unread), ...repair(file, unread) });
        }
        for (const unread of unreadParametersOf(file))
          context.report({ node: unread.given.node, messageId: 'parameter', data: describeParameter(unread) });
        for (const { amount, given } of wrongParametersOf(file)) {
          const data = { option: `${given.name}=${given.value}`, duration: durationText(amount) };
          context.report({ node: given.node, messageId: 'unit', data });
        }
        for (const unit of wrongUnitsOf(file)) {
          const seconds = inSeconds(file, unit);
          const suggestion = { messageId: 'seconds', data: { seconds: `\`${seconds?.text ?? ''}\`` } } as const;
          context.report({
            node: unit.given.node,
            messageId: 'unit',
            data: describeUnit(file, unit),
            ...attach(seconds?.edit ?? null, suggestion, file.settings.autofix),
          });
        }
      },
    };
  },
});

function describe(file: SourceFile, { entry, given, right }: UnreadOption): Record<string, string> {
  return {
    option: optionText(file, { ...given, name: entry.option, node: given.value }),
    does: unreadText(entry, right),
    advice: `${insteadText(entry.instead, right)}${entry.place === undefined ? '' : ` It belongs ${entry.place}.`}`,
  };
}

function describeParameter({ entry, given, right }: UnreadParameter): Record<string, string> {
  return {
    option: `${given.name}=${given.value}`,
    does: unreadText(entry, right),
    advice: insteadText(entry.instead, right, ' in the options'),
  };
}

function describeUnit(file: SourceFile, { amount, given, part }: WrongUnit): Record<string, string> {
  // A default may stand deep in an expression.
  const option = part.when === 'always' ? optionText(file, given) : `${given.name}: ${String(amount)}`;
  return { option, duration: durationText(amount) };
}

function repair(file: SourceFile, unread: UnreadOption): Attachment<MessageId> {
  const mended = mendUnread(file, unread);
  if (!mended) return {};
  const { edit, name } = mended;
  const suggestion = name === null ? { messageId: 'leaveOut' as const } : { messageId: 'rename' as const, data: { name } };
  return attach(edit, suggestion, file.settings.autofix);
}
