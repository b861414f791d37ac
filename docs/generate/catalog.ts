/**
 * Writes docs/catalog.md from the descriptors; with `--check`, compares instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  ArgumentCondition,
  Checkout,
  Creator,
  Delivery,
  LibraryDescriptor,
  ManagedCheckout,
  PoolShortcut,
  ResponseSemantics,
  TransactionBegin,
} from '../../src/catalog/descriptor.js';
import { costText } from '../../src/catalog/cost.js';
import { frameworks } from '../../src/catalog/frameworks/index.js';
import { libraries } from '../../src/catalog/libraries/index.js';

const TARGET = path.resolve(import.meta.dirname, '../catalog.md');

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function condition(test: ArgumentCondition): string {
  const argument = `argument ${String(test.argument + 1)}`;
  switch (test.test) {
    case 'has-property':
      return `${argument} has ${code(test.property)}`;
    case 'lacks-property':
      return `${argument} has no ${code(test.property)}`;
    case 'property-is':
      return `${code(test.property)} of ${argument} is ${test.values.map((value) => code(String(value))).join(' or ')}`;
    case 'property-matches':
      return `${code(test.property)} of ${argument} matches ${code(String(test.pattern))}`;
    case 'is-text':
      return `${argument} is text`;
    case 'matches':
      return `${argument} matches ${code(String(test.pattern))}`;
    case 'missing':
      return `${argument} is left out`;
    case 'made-by':
      return `${argument} is made by ${code(test.api)}${test.modules ? ` of ${test.modules.map(code).join(', ')}` : ''}`;
  }
}

function creatorRow(library: LibraryDescriptor, creator: Creator): string {
  const made = `${creator.makes}${creator.holds === 'sockets' ? '' : ` (holds ${creator.holds})`}`;
  const connects = `${creator.connects}${creator.connect ? ` ${code(`${creator.connect.method}()`)}` : ''}`;
  const closes = creator.close.map(({ method, mode }) => `${code(`${method}()`)} ${mode}`).join(', ') || 'no close method';
  const dispose = [creator.dispose?.sync && 'sync', creator.dispose?.async && 'async'].filter(Boolean).join(', ') || 'no';
  const notes = [
    creator.modules && `from ${creator.modules.map(code).join(', ')}`,
    creator.ownsWhen && `owns sockets only when ${creator.ownsWhen.map(condition).join(', or ')}`,
    creator.cheapWhen && `cheap when ${creator.cheapWhen.map(condition).join(', or ')}`,
    creator.closedBy && `also closed by ${creator.closedBy.map(code).join(', ')}`,
    creator.idempotent && 'a second call gives the first client back',
    creator.perRequestIsNormal && 'one per request is normal',
    creator.throwsWithoutConfig && 'throws without configuration',
    creator.errorEvent?.crashesProcess && `an unheard ${code(creator.errorEvent.event)} event ends the process`,
    creator.versions && `versions ${creator.versions}`,
    creator.note,
  ].filter((note): note is string => typeof note === 'string');
  const call = creator.invoke === 'new' ? `new ${creator.api}()` : `${creator.api}()`;
  return `| ${code(call)} | ${made} | ${connects} | ${closes} | ${dispose} | ${cell(costText(library, creator))} | ${cell(notes.join('; '))} |`;
}

function position(index: number): string {
  if (index === -1) return 'the last argument';
  return index < 0 ? `argument ${String(-index)} from the end` : `argument ${String(index + 1)}`;
}

function either(paths: readonly string[]): string {
  return paths.map(code).join(' or ');
}

/** What is common to all calls: where they come from and when they count. */
function call({
  modules,
  when,
  unless,
  managedBy,
}: Partial<Pick<Checkout, 'managedBy' | 'modules' | 'unless' | 'when'>>): string[] {
  return [
    modules ? `from ${modules.map(code).join(', ')}` : '',
    when ? `when ${when.map(condition).join(', or ')}` : '',
    unless ? `not when ${unless.map(condition).join(', or ')}` : '',
    managedBy ? `not with a function as ${managedBy.map(position).join(' or ')}` : '',
  ].filter((text) => text !== '');
}

function bullet(head: string, facts: readonly (string | undefined)[]): string {
  const known = facts.filter((fact): fact is string => fact !== undefined && fact !== '');
  return `- ${head}${known.length > 0 ? `: ${known.join('; ')}` : ''}.`;
}

function checkout(entry: Checkout): string {
  const { callback, dispose } = entry;
  const note = dispose && [dispose.versions && `versions ${dispose.versions}`, dispose.note].filter(Boolean).join(', ');
  return bullet(`Takes a ${entry.takes ?? 'connection'}: ${code(entry.api)}`, [
    ...call(entry),
    entry.held === 'receiver' ? 'held by the object it is called on' : undefined,
    entry.result === undefined ? undefined : `found in ${code(entry.result)} of the result`,
    callback && `passed to the callback (${position(callback.argument)}) as parameter ${String(callback.parameter + 1)}`,
    entry.takenBy && (entry.takenBy.includes('*') ? 'taken with the first use' : `taken by ${either(entry.takenBy)}`),
    `given back by ${either(entry.release)}`,
    entry.exhaustedBy && `or by reading it to the end with ${either(entry.exhaustedBy)}`,
    entry.iterable ? 'or by `for await`' : undefined,
    dispose &&
      `${[dispose.sync && '`using`', dispose.async && '`await using`'].filter(Boolean).join(' and ')} ${dispose.effect}${note ? ` (${note})` : ''}`,
    entry.secondRelease &&
      `a second release ${{ throws: 'throws', rejects: 'rejects', ignored: 'is ignored', corrupts: 'may give one connection to two holders' }[entry.secondRelease]}`,
    entry.versions && `versions ${entry.versions}`,
    entry.note,
  ]);
}

function transaction({ begin, commit, rollback, alsoEnds, onRelease, held, note }: TransactionBegin): string {
  return bullet(`Transaction by hand: begun with ${either(begin)}`, [
    held === 'result' ? 'held by the result' : undefined,
    `ended with ${either([...commit, ...rollback])}`,
    alsoEnds && `rolled back by ${either(alsoEnds)} too`,
    onRelease &&
      `when the connection is given back it ${{ 'stays-open': 'stays open', 'rolls-back': 'is rolled back', commits: 'is committed' }[onRelease]}`,
    note,
  ]);
}

function managed(entry: ManagedCheckout): string {
  return bullet(`Takes a ${entry.takes} and gives it back: ${code(entry.api)}`, [
    ...call(entry),
    `runs ${entry.callback.map(position).join(' or ')}`,
    entry.option && `statements join it by the option ${code(entry.option)}`,
    entry.note,
  ]);
}

function shortcut(entry: PoolShortcut): string {
  return bullet(
    `One statement on any connection: ${code(entry.api)}${entry.tag ? (entry.text === undefined ? ' (as a tag)' : ' (also as a tag)') : ''}`,
    [
      ...call(entry),
      entry.option && `joins a transaction by the option ${code(entry.option)}`,
      entry.chain && `joins a transaction by ${code(`${entry.chain}()`)}`,
      entry.note,
    ],
  );
}

function delivery(way: Delivery): string {
  switch (way.by) {
    case 'promise':
      return 'promised';
    case 'return':
      return 'returned';
    case 'callback':
      return `passed to a callback (${position(way.argument)})`;
    case 'event':
      return `passed to listeners of ${code(way.event)}`;
  }
}

const UNREAD: Record<ResponseSemantics['unread'], string> = {
  'holds-socket': 'holds its socket while unread',
  'holds-socket-when-large': 'holds its socket while unread if it is large',
  'holds-stream': 'holds a stream of its connection while unread',
  'frees-itself': 'frees itself',
};

function response(entry: ResponseSemantics): string {
  return bullet(`Response of ${code(entry.api)}`, [
    ...call(entry),
    entry.delivery.map(delivery).join(' or '),
    entry.body === '' ? 'is the body itself' : `body in ${code(entry.body)}`,
    `${UNREAD[entry.unread]}${entry.freeBelow === undefined ? '' : ` (from ${String(Math.round(entry.freeBelow / 1024))} KB)`}`,
    entry.empty === 'holds-socket' ? 'also without a body' : undefined,
    entry.rejection && `rejects with an unread body in ${code(entry.rejection.body)} too`,
    `to discard: ${code(entry.discard.template)}`,
    entry.note,
  ]);
}

function library(descriptor: LibraryDescriptor): string {
  const lines = [
    `### ${descriptor.name}`,
    '',
    `Checked on ${descriptor.version}. Modules: ${descriptor.modules.map(code).join(', ') || 'none'}. Keeps the process alive: ${descriptor.holdsProcess}.`,
    '',
  ];
  if (descriptor.creators.length > 0) {
    lines.push('| creator | makes | connects | closes | dispose | each … | notes |', '|---|---|---|---|---|---|---|');
    lines.push(...descriptor.creators.map((creator) => creatorRow(descriptor, creator)), '');
  }
  const list = [
    ...descriptor.cheap.map(({ api, why }) => `- Cheap: ${code(api)} – ${why}.`),
    ...(descriptor.transfers ?? []).map(
      ({ api, argument, property, takesOver, onlyWith, note }) =>
        `- ${takesOver ? 'Takes over' : 'Does not take over'}: ${code(api)}, argument ${String(argument + 1)}${property === undefined ? '' : ` ${code(property)}`}${onlyWith === undefined ? '' : ` (takes over with ${code(onlyWith)})`}${note === undefined ? '' : ` – ${note}`}.`,
    ),
    ...(descriptor.checkouts ?? []).map(checkout),
    ...(descriptor.transactions ?? []).map(transaction),
    ...(descriptor.managed ?? []).map(managed),
    ...(descriptor.shortcuts ?? []).map(shortcut),
    ...(descriptor.responses ?? []).map(response),
    ...(descriptor.edge === undefined ? [] : [`- Edge: ${descriptor.edge}.`]),
    ...descriptor.notes.map((note) => `- ${note}.`),
  ];
  if (list.length > 0) lines.push(...list, '');
  return lines.join('\n');
}

const byName = [...libraries].sort((a, b) => a.name.localeCompare(b.name, 'en'));
const text = [
  '# Catalog',
  '',
  'What the rules know about client libraries and frameworks. Generated from `src/catalog` by `npm run docs`: do not edit.',
  '',
  `## Client libraries (${String(libraries.length)})`,
  '',
  ...byName.map(library),
  `## Frameworks and platforms (${String(frameworks.length)})`,
  '',
  '| name | checked on | modules | phase for closing clients |',
  '|---|---|---|---|',
  ...[...frameworks]
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map(
      ({ name, version, modules, shutdownPhase }) =>
        `| ${cell(name)} | ${cell(version)} | ${modules.map(code).join(', ')} | ${shutdownPhase === 'depends' ? 'depends on the runtime' : shutdownPhase ? 'yes' : 'no'} |`,
    ),
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text) {
    console.error('docs/catalog.md is out of date: run `npm run docs`.');
    process.exitCode = 1;
  }
} else writeFileSync(TARGET, text);
