/**
 * Writes docs/catalog.md from the descriptors; with `--check`, compares instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ArgumentCondition, Creator, LibraryDescriptor } from '../../src/catalog/descriptor.js';
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
      return `${argument} is made by ${code(test.api)}`;
  }
}

function creatorRow(creator: Creator): string {
  const made = `${creator.makes}${creator.holds === 'sockets' ? '' : ` (holds ${creator.holds})`}`;
  const connects = `${creator.connects}${creator.connect ? ` ${code(`${creator.connect.method}()`)}` : ''}`;
  const closes = creator.close.map(({ method, mode }) => `${code(`${method}()`)} ${mode}`).join(', ') || 'no close method';
  const dispose = [creator.dispose?.sync && 'sync', creator.dispose?.async && 'async'].filter(Boolean).join(', ') || 'no';
  const notes = [
    creator.modules && `from ${creator.modules.map(code).join(', ')}`,
    creator.ownsWhen && `owns sockets only when ${creator.ownsWhen.map(condition).join(', or ')}`,
    creator.cheapWhen && `cheap when ${creator.cheapWhen.map(condition).join(', or ')}`,
    creator.idempotent && 'a second call gives the first client back',
    creator.perRequestIsNormal && 'one per request is normal',
    creator.throwsWithoutConfig && 'throws without configuration',
    creator.errorEvent?.crashesProcess && `an unheard ${code(creator.errorEvent.event)} event ends the process`,
    creator.versions && `versions ${creator.versions}`,
    creator.note,
  ].filter((note): note is string => typeof note === 'string');
  const call = creator.invoke === 'new' ? `new ${creator.api}()` : `${creator.api}()`;
  return `| ${code(call)} | ${made} | ${connects} | ${closes} | ${dispose} | ${cell(creator.cost)} | ${cell(notes.join('; '))} |`;
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
    lines.push(...descriptor.creators.map(creatorRow), '');
  }
  const list = [
    ...descriptor.cheap.map(({ api, why }) => `- Cheap: ${code(api)} – ${why}.`),
    ...(descriptor.transfers ?? []).map(
      ({ api, argument, property, takesOver, onlyWith, note }) =>
        `- ${takesOver ? 'Takes over' : 'Does not take over'}: ${code(api)}, argument ${String(argument + 1)}${property === undefined ? '' : ` ${code(property)}`}${onlyWith === undefined ? '' : ` (takes over with ${code(onlyWith)})`}${note === undefined ? '' : ` – ${note}`}.`,
    ),
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
