/** Options as messages name them. */
import type { Companion, IgnoredOption, OptionFact, Wait } from '../catalog/descriptor.js';
import type { GivenOption } from '../options/given.js';
import type { Lookup } from '../options/lookup.js';
import { valuesOf, type Value } from '../options/values.js';
import type { PoolSize } from '../options/pool-sizes.js';
import type { EndlessWait } from '../options/waits.js';
import type { SourceFile } from '../resolve/source-file.js';
import { calledAs, excerpt } from './words.js';

/** An option with its value, as it is written: `max: 0`. */
export function optionText(
  file: SourceFile,
  { name, node, property, value }: Pick<GivenOption, 'name' | 'node' | 'property' | 'value'>,
): string {
  if (property?.shorthand) {
    const [known] = valuesOf(file, value);
    return known ? `${name}: ${valueText(known.value)}` : name;
  }
  if (property) return `${name}: ${excerpt(file, value)}`;
  return node.type === 'AssignmentExpression' ? excerpt(file, node) : excerpt(file, value);
}

/** A value as it is written in code. */
export function valueText(value: Value): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

const AWAITED: Record<Wait['for'], string> = {
  acquire: 'a free connection',
  connect: 'the connection',
  query: 'the result of a statement',
  request: 'the answer',
};

/** What is waited for, in words. */
export function waitedFor(waits: readonly EndlessWait[]): string {
  return listed([...new Set(waits.map(({ wait }) => AWAITED[wait.for]))], 'and');
}

/** How it can be ended: "Set `timeout` or `signal: AbortSignal.timeout(…)`." */
export function waysText(waits: readonly EndlessWait[]): string {
  const sentences = waits.map(({ deadSignal, openings, wait }) => {
    if (deadSignal) return 'Join it with a time: `AbortSignal.any([…, AbortSignal.timeout(…)])`.';
    if (openings.length === 0 && wait.endedBy.length > 0)
      return `Set ${listed(
        wait.endedBy.map((name) => `\`${name}\``),
        'or',
      )} on each call.`;
    const names = openings.map(({ fact }) =>
      fact.unit === 'signal' ? `\`${fact.option}: AbortSignal.timeout(…)\`` : `\`${fact.option}\``,
    );
    return `Set ${names.length === 0 ? 'a time' : listed([...new Set(names)], 'or')}${wait.instead === undefined ? '' : `, or: ${wait.instead}`}.`;
  });
  return [...new Set(sentences)].join(' ');
}

function listed(words: readonly string[], last: 'and' | 'or'): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}` : (words[0] ?? '');
}

/** What has to stand beside a time: "Add `throwOnRequestTimeout: true`." */
export function companionText(needs: Companion): string {
  if (needs.by === 'listener') {
    const ends = needs.ends.map((name) => `\`${name}()\``).join(' or ');
    return `Listen to \`${needs.event}\` and end it there with ${ends}.`;
  }
  return `Add \`${needs.option}${typeof needs.value === 'boolean' ? `: ${String(needs.value)}` : ''}\`.`;
}

/** The names of options: "`maxSockets` or `maxTotalSockets`". */
export function optionNames(facts: readonly Pick<OptionFact, 'option'>[]): string {
  return listed([...new Set(facts.map(({ option }) => `\`${option}\``))], 'or');
}

/** The size of a pool as it is given: `max: 200`, `?max=200`, or the call that leaves it at its default. */
export function sizeText(file: SourceFile, { call, node, option }: PoolSize): string {
  if (node === call.node) return calledAs(file, call.node);
  if (node.type === 'Property')
    return optionText(file, { name: option.split('.').at(-1) ?? option, node, property: node, value: node.value });
  return option;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A number of seconds in the largest unit that fits: "8.3 hours". */
export function durationText(seconds: number): string {
  const [name, size] = UNITS.find(([, length]) => seconds >= length) ?? ['second', 1];
  const amount = Math.round((seconds / size) * 10) / 10;
  return `${String(amount)} ${name}${amount === 1 ? '' : 's'}`;
}

/** What an option that is not read does: "is not read: `max` stays 10". What stays is only known where the right option is not given. */
export function unreadText(
  { does = 'is not read', instead, leaves }: Pick<IgnoredOption, 'does' | 'instead' | 'leaves'>,
  right: Lookup,
): string {
  return leaves !== undefined && (instead === undefined || right.found === 'no') ? `${does}: ${leaves}` : does;
}

/** What to write instead of it. */
export function insteadText(instead: string | undefined, right: Lookup, where = ''): string {
  if (instead === undefined) return '';
  return right.found === 'yes' ? ` Leave it out: \`${instead}\` is given${where}.` : ` Write \`${instead}\`${where}.`;
}
