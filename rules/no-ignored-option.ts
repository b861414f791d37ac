import { createRule } from '../src/create-rule.js';
import { attach, type Attachment } from '../src/fix/edit.js';
import { factFor } from '../src/options/amounts.js';
import { givenParametersOf, type GivenParameter } from '../src/options/connection-strings.js';
import { optionOf } from '../src/options/given.js';
import { unreadOptionsOf, wrongParametersOf, wrongUnitsOf, type UnreadOption, type WrongUnit } from '../src/options/ignored.js';
import type { Lookup } from '../src/options/lookup.js';
import { valuesOf } from '../src/options/values.js';
import {
  leaveOut,
  renamedOption,
  replacedValue,
  replaceValue,
  valueUnder,
  type OptionEdit,
} from '../src/repair/change-option.js';
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
          if (parameter.ignored && !mayBeOverridden(file, parameter))
            context.report({ node: parameter.node, messageId: 'parameter', data: describeParameter(file, parameter) });
        for (const { amount, given } of wrongParametersOf(file))
          context.report({
            node: given.node,
            messageId: 'unit',
            data: { option: `${given.name}=${given.value}`, duration: durationText(amount) },
          });
        for (const unit of wrongUnitsOf(file)) {
          const seconds = inSeconds(file, unit);
          context.report({
            node: unit.given.node,
            messageId: 'unit',
            data: describeUnit(file, unit),
            ...attach(
              seconds?.edit ?? null,
              { messageId: 'seconds', data: { seconds: `\`${seconds?.text ?? ''}\`` } },
              file.settings.autofix,
            ),
          });
        }
      },
    };
  },
});

function describe(file: SourceFile, { entry, given, right }: UnreadOption): Record<string, string> {
  const { does = 'is not read', instead, place } = entry;
  return {
    option: optionText(file, { ...given, name: entry.option, node: given.value }),
    does: instead === undefined ? does : withoutResult(does, right),
    advice: `${adviceOf(instead, right, '')}${place === undefined ? '' : ` It belongs ${place}.`}`,
  };
}

function describeParameter(file: SourceFile, parameter: GivenParameter): Record<string, string> {
  const { ignored, name, value } = parameter;
  const { does = 'is not read', instead } = ignored ?? {};
  const right = optionInstead(file, parameter);
  return { option: `${name}=${value}`, does: withoutResult(does, right), advice: adviceOf(instead, right, ' in the options') };
}

// What the call says about the option that is read instead of the parameter.
function optionInstead(file: SourceFile, { call, ignored }: GivenParameter): Lookup {
  const fact = ignored?.instead === undefined ? null : factFor(file, call, ignored.instead);
  return fact ? optionOf(file, call, fact) : { found: 'no', object: null, rest: '' };
}

// A parameter that does harm may do none where an option of the same name is given.
function mayBeOverridden(file: SourceFile, parameter: GivenParameter): boolean {
  const { does = 'is not read', instead } = parameter.ignored ?? {};
  return !does.startsWith('is not read') && instead === parameter.name && optionInstead(file, parameter).found !== 'no';
}

// What comes of it is only known where the right option is not given: "is not read: `max` stays 10".
function withoutResult(does: string, right: Lookup): string {
  return right.found === 'no' ? does : does.replace(/^(is not read[^:]*):.*$/u, '$1');
}

function adviceOf(instead: string | undefined, right: Lookup, where: string): string {
  if (instead === undefined) return '';
  return right.found === 'yes' ? ` Leave it out: \`${instead}\` is given${where}.` : ` Write \`${instead}\`${where}.`;
}

function describeUnit(file: SourceFile, { amount, given, part }: WrongUnit): Record<string, string> {
  // A default may stand deep in an expression.
  const option = part.when === 'always' ? optionText(file, given) : `${given.name}: ${String(amount)}`;
  return { option, duration: durationText(amount) };
}

/** What to write instead; null where the number stands in a part of the expression that is not seen as a whole. */
function inSeconds(file: SourceFile, { amount, given, part }: WrongUnit): { text: string; edit: OptionEdit } | null {
  const seconds = amount / 1000;
  const { node, when } = part;
  const isInside = node.range[0] >= given.value.range[0] && node.range[1] <= given.value.range[1];
  if (isInside && node.type === 'Literal' && Number(node.value) === amount)
    return { text: String(seconds), edit: replaceValue(file, given, node, seconds) };
  if (when !== 'always') return null;
  const written = file.sourceCode.getText(given.value);
  const isProduct = given.value.type === 'Identifier' || /^[\w\s.*]+$/u.test(written);
  // A constant has other readers: its number stays as it is.
  const text = /^[\d_\s.*+()-]+$/u.test(written) ? String(seconds) : `${isProduct ? written : `(${written})`} / 1000`;
  return { text, edit: replacedValue(file, given, text) };
}

function repair(file: SourceFile, { call, entry, given, right, rightFact }: UnreadOption): Attachment<MessageId> {
  const { autofix } = file.settings;
  // Nobody reads it, and the right one is there.
  if (right.found === 'yes') return attach(leaveOut(file, given, 'fix'), { messageId: 'leaveOut' }, autofix);
  const { instead } = entry;
  if (right.found !== 'no' || instead === undefined || !given.property || !rightFact) return {};
  // A nested option can only be renamed where it stands.
  const name = instead.slice(parentOf(instead).length);
  if (parentOf(entry.option) !== parentOf(instead)) return {};
  if ('unit' in rightFact && rightFact.unit === 'signal') {
    // A signal counts from its creation, which has to be that of the call; and it takes no time that may be missing.
    const [first, last] = call.node.range;
    const values = valuesOf(file, given.value);
    if (given.property.range[0] < first || given.property.range[1] > last || values.length === 0) return {};
    if (!values.every(({ value }) => typeof value === 'number' && value > 0 && Number.isFinite(value))) return {};
  }
  const edit = renamedOption(file, given.property, name, valueUnder(rightFact, file.sourceCode.getText(given.value)));
  return attach(edit, { messageId: 'rename', data: { name } }, autofix);
}

// `pool.max` → `pool.`
function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}
