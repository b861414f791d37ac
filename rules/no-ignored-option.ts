import { createRule } from '../src/create-rule.js';
import { attach, type Attachment } from '../src/fix/edit.js';
import { givenParametersOf, type GivenParameter } from '../src/options/connection-strings.js';
import { unreadOptionsOf, wrongUnitsOf, type UnreadOption, type WrongUnit } from '../src/options/ignored.js';
import { leaveOut, renamedOption, replacedValue, valueUnder } from '../src/repair/change-option.js';
import { durationText, optionText } from '../src/report/options.js';
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
          context.report({
            node: unread.given.property ?? unread.given.value,
            messageId: 'unread',
            data: describe(file, unread),
            ...repair(file, unread),
          });
        }
        for (const parameter of givenParametersOf(file))
          if (parameter.ignored)
            context.report({ node: parameter.node, messageId: 'parameter', data: describeParameter(parameter) });
        for (const unit of wrongUnitsOf(file)) {
          const seconds = String(unit.amount / 1000);
          context.report({
            node: unit.given.node,
            messageId: 'unit',
            data: describeUnit(file, unit),
            ...attach(
              replacedValue(file, unit.given, seconds),
              { messageId: 'seconds', data: { seconds } },
              file.settings.autofix,
            ),
          });
        }
      },
    };
  },
});

function describe(file: SourceFile, { entry, given }: UnreadOption): Record<string, string> {
  const advice = entry.instead === undefined ? '' : ` Write \`${entry.instead}\`.`;
  const place = entry.place === undefined ? '' : ` It belongs ${entry.place}.`;
  return {
    option: optionText(file, { ...given, name: entry.option, node: given.value }),
    does: entry.does ?? 'is not read',
    advice: `${advice}${place}`,
  };
}

function describeParameter({ ignored, name, value }: GivenParameter): Record<string, string> {
  const advice = ignored?.instead === undefined ? '' : ` Write \`${ignored.instead}\` in the options.`;
  return { option: `${name}=${value}`, does: ignored?.does ?? 'is not read', advice };
}

function describeUnit(file: SourceFile, { amount, given }: WrongUnit): Record<string, string> {
  return { option: optionText(file, given), duration: durationText(amount) };
}

function repair(file: SourceFile, { entry, given, right, rightFact }: UnreadOption): Attachment<MessageId> {
  const { autofix } = file.settings;
  // Nobody reads it, and the right one is there.
  if (right.found === 'yes') return attach(leaveOut(file, given, 'fix'), { messageId: 'leaveOut' }, autofix);
  const { instead } = entry;
  if (right.found !== 'no' || instead === undefined || !given.property || !rightFact) return {};
  const edit = renamedOption(file, given.property, instead, valueUnder(rightFact, file.sourceCode.getText(given.value)));
  return attach(edit, { messageId: 'rename', data: { name: instead } }, autofix);
}
