/**
 * Writes docs/catalog.md from the descriptors; with `--check`, compares instead.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ArgumentCondition,
  Checkout,
  ConnectionPerRequest,
  ConnectionString,
  Creator,
  Delivery,
  IgnoredOption,
  KeepAlive,
  LibraryDescriptor,
  Limit,
  ManagedCheckout,
  OptionFact,
  PoolShortcut,
  Recycling,
  Relation,
  ResponseSemantics,
  Subject,
  Timeout,
  TransactionBegin,
  Wait,
} from '../../src/catalog/descriptor.js';
import { costText } from '../../src/catalog/cost.js';
import { frameworks } from '../../src/catalog/frameworks/index.js';
import { libraries } from '../../src/catalog/libraries/index.js';
import { effectOf, positionsOf, UNUSUAL, type UnusualValue } from '../../src/catalog/options.js';
import { servers } from '../../src/catalog/servers.js';
import type { LibraryChecks } from '../../test/conformance/facts/check.js';
import { factEntries } from '../../test/conformance/facts/ids.js';

const CHECKS = path.resolve(import.meta.dirname, '../../test/conformance/facts/libraries');
const verified: readonly LibraryChecks[] = await Promise.all(
  readdirSync(CHECKS)
    .filter((name) => name.endsWith('.ts'))
    .map(
      async (name) =>
        ((await import(pathToFileURL(path.join(CHECKS, name)).href)) as { readonly default: LibraryChecks }).default,
    ),
);

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
    entry.chooses ? 'from one of several pools, as the arguments say' : undefined,
    answers(entry.answers),
    entry.versions && `versions ${entry.versions}`,
    entry.note,
  ]);
}

function answers(calls: Checkout['answers']): string | undefined {
  return calls && `answers ${calls.map((call) => (call === '' ? 'a call' : code(call))).join(' or ')} as the pool does`;
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
    answers(entry.answers),
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

const VALUE: Record<UnusualValue, string> = {
  zero: '`0`',
  negative: 'a negative number',
  null: '`null`',
  undefined: '`undefined`',
  nan: '`NaN`',
  infinity: '`Infinity`',
  text: 'text',
  empty: 'an empty text',
  float: 'a fraction',
  false: '`false`',
};

function positions(argument: OptionFact['argument']): string {
  return positionsOf(argument === undefined ? {} : { argument })
    .map(position)
    .join(' or ');
}

/** How a fact is known. */
function evidence({ evidence: known }: { readonly evidence?: 'source' | 'docs' }): string {
  return known === 'source' ? 'read in the source' : known === 'docs' ? 'from the documentation' : '';
}

function subject({ of, calls, modules }: Subject): string[] {
  return [[...(of ?? []), ...(calls ?? [])].map(code).join(', '), modules ? `from ${modules.map(code).join(', ')}` : ''].filter(
    (text) => text !== '',
  );
}

/** Where an option stands and what its unusual values mean. */
function option(fact: Limit | Timeout): string[] {
  return [
    fact.aliases && fact.aliases.length > 0 ? `also ${either(fact.aliases)}` : '',
    fact.of?.length === 0
      ? ''
      : [...subject(fact), fact.argument === undefined ? '' : positions(fact.argument)].join(' ').trim(),
    ...(fact.at ?? []).map(
      ({ api, argument, property }) =>
        `${code(api)}, ${positions(argument)}${property === undefined || property === '' ? '' : ` ${code(property)}`}`,
    ),
    fact.assigned ? `assigned to ${either(fact.assigned)}` : '',
    fact.when ? `when ${fact.when.map(condition).join(', or ')}` : '',
    ...UNUSUAL.flatMap((value) => {
      const effect = fact[value] === undefined ? null : effectOf(fact, value);
      return effect ? [`${VALUE[value]} ${effect.does}`] : [];
    }),
  ];
}

function tail(fact: OptionFact): (string | undefined)[] {
  return [fact.versions && `versions ${fact.versions}`, evidence(fact), fact.note];
}

function limit(fact: Limit): string {
  const known = fact.default === null ? undefined : String(fact.default);
  return bullet(`Limit ${code(fact.option)} (${fact.bounds})`, [
    fact.defaultsTo === undefined ? known && `default ${known}` : `default: the value of ${code(fact.defaultsTo)}`,
    ...option(fact),
    fact.servers && `leads to ${fact.servers.map(({ family }) => servers[family].name).join(' or ')}`,
    ...tail(fact),
  ]);
}

const UNIT: Record<Timeout['unit'], string> = { ms: ' ms', s: ' s', signal: '', deadline: '' };
const NUMBER_OF: Record<Timeout['unit'], string> = {
  ms: 'in milliseconds',
  s: 'in seconds',
  signal: 'an `AbortSignal`',
  deadline: 'a point in time',
};

function time(fact: Timeout): string {
  return bullet(`${fact.side === 'server' ? 'Time of a server' : 'Time'} ${code(fact.option)} (${fact.covers.join(', ')})`, [
    NUMBER_OF[fact.unit],
    fact.default === null
      ? undefined
      : `default ${fact.default === 'none' ? 'none' : `${String(fact.default)}${UNIT[fact.unit]}`}`,
    ...option(fact),
    fact.misses && `does not cover ${fact.misses.join(', ')}`,
    fact.measures === 'silence' ? 'measures the silence between two pieces of data' : undefined,
    fact.measures === 'announced' ? 'only bounds what the other side announces' : undefined,
    fact.measures === 'attempt' ? 'for each attempt' : undefined,
    fact.needs &&
      `without ${fact.needs.by === 'option' ? code(fact.needs.option) : `a listener of ${code(fact.needs.event)} that calls ${either(fact.needs.ends)}`} it ${fact.needs.otherwise}`,
    ...tail(fact),
  ]);
}

function wait(fact: Wait): string {
  const bound = fact.default === 'none' ? 'has no limit' : `ends after ${String(fact.default)} ms`;
  return bullet(`Waiting (${fact.for}) ${bound} by default${fact.nominal ? ', which is as good as none' : ''}`, [
    ...subject(fact),
    fact.endedBy.length > 0 ? `ended by ${either(fact.endedBy)}` : 'no option ends it',
    fact.unless && `not when ${fact.unless.map(condition).join(', or ')}`,
    fact.instead,
    evidence(fact),
    fact.note,
  ]);
}

function relation(fact: Relation): string {
  const how = { 'at-most': 'is at most', below: 'is below', needs: 'needs' }[fact.kind];
  return bullet(`${code(fact.left)} ${how} ${code(fact.right)}, else ${fact.otherwise}`, [
    ...subject(fact),
    fact.with && `with ${code(fact.with)}`,
    evidence(fact),
    fact.note,
  ]);
}

function recycled(fact: Recycling): string {
  const age = (value: number | 'none'): string => (value === 'none' ? 'never' : `after ${String(value)} ms`);
  return bullet('Recycling by default', [
    ...subject(fact),
    `an unused connection is closed ${age(fact.idle)}`,
    fact.keeps === undefined
      ? undefined
      : `${typeof fact.keeps === 'string' ? code(fact.keeps) : String(fact.keeps)} of them never`,
    `any connection is replaced ${age(fact.lifetime)}`,
    {
      none: 'not tried before it is handed out',
      socket: 'tried by the state of its socket',
      ping: 'tried by asking the server',
      monitor: 'the server is watched on a connection of its own',
    }[fact.validates],
    fact.boundedBy.length > 0 ? `bounded by ${either(fact.boundedBy)}` : undefined,
    evidence(fact),
    fact.note,
  ]);
}

function keptAlive(fact: KeepAlive): string {
  return bullet(`Connections are ${fact.default ? '' : 'not '}kept between requests by default (${code(fact.option)})`, [
    ...subject(fact),
    fact.unless && `not when ${fact.unless.map(condition).join(', or ')}`,
    evidence(fact),
    fact.note,
  ]);
}

function perRequest(fact: ConnectionPerRequest): string {
  const when = fact.when.map(condition).join(', or ');
  return bullet(`Connection per request: ${fact.does}${when === '' ? '' : `, when ${when}`}`, [
    ...subject(fact),
    fact.instead && `instead: ${code(fact.instead)}`,
    evidence(fact),
    fact.note,
  ]);
}

function notRead({ does = 'is not read', leaves }: Pick<IgnoredOption, 'does' | 'leaves'>): string {
  return leaves === undefined ? does : `${does}: ${leaves}`;
}

function ignored(fact: IgnoredOption): string {
  return bullet(`Option ${code(fact.option)} ${notRead(fact)}`, [
    [...subject(fact), fact.argument === undefined ? '' : positions(fact.argument)].join(' ').trim(),
    fact.when && `when ${fact.when.map(condition).join(', or ')}`,
    fact.instead && `instead: ${code(fact.instead)}`,
    fact.place && `it belongs ${fact.place}`,
    fact.warns ? 'warns on the console' : undefined,
    ...tail(fact),
  ]);
}

/** Adds to the line of an entry how it is asserted. */
type Stated = <T extends object>(write: (entry: T) => string) => (entry: T) => string;

function connectionString(fact: ConnectionString, stated: Stated): string[] {
  const place = `${positions(fact.argument)}${fact.property === undefined ? '' : ` ${code(fact.property)}`}`;
  return [
    ...fact.parameters.map(
      stated((parameter) =>
        bullet(`Connection string parameter ${code(parameter.name)}`, [
          [...subject(fact), place].join(' '),
          parameter.option === undefined ? undefined : `sets ${code(parameter.option)}`,
          parameter.unit && NUMBER_OF[parameter.unit],
          parameter.default === undefined || parameter.default === null
            ? undefined
            : `default ${String(parameter.default)}${parameter.unit && parameter.default !== 'none' ? UNIT[parameter.unit] : ''}`,
          evidence(parameter),
          parameter.note,
        ]),
      ),
    ),
    ...fact.ignored.map(
      stated((parameter) =>
        bullet(`Connection string parameter ${code(parameter.name)} ${notRead(parameter)}`, [
          [...subject(fact), place].join(' '),
          parameter.instead && `instead: the option ${code(parameter.instead)}`,
          evidence(parameter),
          parameter.note,
        ]),
      ),
    ),
  ];
}

/** How the facts about options are asserted on the installed library, by entry; empty where nothing is. */
function verificationOf(descriptor: LibraryDescriptor): ReadonlyMap<object, string> {
  const checks = verified.filter((entry) => entry.library === descriptor.name).flatMap((entry) => entry.checks);
  const said = new Map<object, string>();
  for (const { entry, ids } of factEntries(descriptor)) {
    const parts = (['run', 'source', 'unverified'] as const).flatMap((how) => {
      const own = checks.filter((check) => check.how === how);
      const covered = ids.filter((id) => own.some(({ facts }) => facts.includes(id)));
      if (covered.length === 0) return [];
      const which = covered.length === ids.length ? '' : ` (${covered.map((id) => id.replace(/^.*: /u, '')).join(', ')})`;
      const reason = how === 'unverified' ? own.find(({ facts }) => facts.includes(covered[0] ?? ''))?.title : undefined;
      return `${SHOWN[how]}${which}${reason === undefined ? '' : `: ${reason.replace(/\.$/u, '')}`}`;
    });
    said.set(entry, parts.join('; '));
  }
  return said;
}

const SHOWN = { run: 'asserted by running it', source: 'asserted on its source', unverified: 'not asserted' } as const;

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
  const said = verificationOf(descriptor);
  const stated: Stated = (write) => (entry) => {
    const how = said.get(entry);
    return how === undefined || how === '' ? write(entry) : `${write(entry).replace(/\.$/u, '')} – ${how}.`;
  };
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
    ...(descriptor.globalPool ? [bullet(`One pool of the process: ${either(descriptor.globalPool)}`, [])] : []),
    ...(descriptor.implicit ? [bullet(`Passes transactions on by itself after ${either(descriptor.implicit)}`, [])] : []),
    ...(descriptor.injected ?? []).map(({ module, decorator, name }) =>
      bullet(`Injected by ${code(`@${decorator}()`)} of ${code(module)}`, [`the pool is named by ${position(name)}`]),
    ),
    ...(descriptor.alsoTaken
      ? [bullet(`Types of the pool and of what is taken out of it: ${either(descriptor.alsoTaken)}`, [])]
      : []),
    ...(descriptor.responses ?? []).map(response),
    ...(descriptor.limits ?? []).map(stated(limit)),
    ...(descriptor.timeouts ?? []).map(stated(time)),
    ...(descriptor.waits ?? []).map(stated(wait)),
    ...(descriptor.relations ?? []).map(stated(relation)),
    ...(descriptor.recycling ?? []).map(stated(recycled)),
    ...(descriptor.keepAlive ?? []).map(stated(keptAlive)),
    ...(descriptor.connectionPerRequest ?? []).map(stated(perRequest)),
    ...(descriptor.ignored ?? []).map(stated(ignored)),
    ...(descriptor.connectionStrings ?? []).flatMap((fact) => connectionString(fact, stated)),
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
  '## Servers',
  '',
  '| name | checked on | connections it accepts | one pool is too large from | closes idle connections after | notes |',
  '|---|---|---|---|---|---|',
  ...Object.values(servers).map(
    (server) =>
      `| ${server.name} | ${server.version} | ${server.connections === null ? 'as many as the machine bears' : String(server.connections)} | ${String(server.oversized ?? 'unknown')} | ${server.closesIdleAfter === undefined ? 'unknown' : `${String(server.closesIdleAfter)} s`} | ${cell([server.reserved === undefined ? '' : `${String(server.reserved)} of them reserved`, evidence(server), server.note].filter(Boolean).join('; '))} |`,
  ),
  '',
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
