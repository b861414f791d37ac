/** Edits that give a call or a client a time. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, wrapped } from '../ast/nodes.js';
import { inUnitOf } from '../catalog/options.js';
import { addOption, intoObject } from '../fix/add-option.js';
import type { TextChange } from '../fix/edit.js';
import type { Given } from '../options/lookup.js';
import type { EndlessWait, IdleTimeout, Opening, UnreadTime } from '../options/waits.js';
import { holdsFor } from '../options/versions.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { OptionEdit } from './change-option.js';

/** An edit with what it writes. */
export interface TimeoutEdit extends OptionEdit {
  /** `timeout: 10000` */
  readonly written: string;
}

/**
 * Gives each wait a time: by the first option that can be written, by the right name for one that is not read, or by joining a signal that
 * nobody aborts with one that does.
 *
 * @param ms The time for a wait, in milliseconds.
 */
export function addTimeouts(
  file: SourceFile,
  waits: readonly EndlessWait[],
  ms: (wait: EndlessWait) => number,
): TimeoutEdit | null {
  const [first] = waits;
  if (waits.length === 1 && first?.deadSignal) return joinSignal(file, first.deadSignal, ms(first));
  if (waits.length === 1 && first?.unread) return renameTime(file, first, first.unread);
  const additions = new Map<string, Addition>();
  for (const wait of waits) {
    // What only some versions read is written where the project certainly has one of them.
    const openings = wait.openings.filter(({ call, fact }) => holdsFor(file, call.module, fact) === true);
    const wanted = openings.map((opening) => additionsOf(opening, ms(wait))).find((list) => list.length > 0);
    // One option may end several waits: the shorter time holds.
    for (const addition of wanted ?? []) additions.set(addition.path, smaller(additions.get(addition.path), addition));
  }
  return write(file, [...additions.values()]);
}

interface Addition {
  readonly node: Call;
  readonly target: TSESTree.ObjectExpression | number;
  readonly path: string;
  readonly value: string;
  readonly amount: number;
}

type Call = Opening['call']['node'];

// The option, and what has to stand beside it; nothing where that cannot be written.
function additionsOf({ absent: { object, rest }, call: { node }, fact, positions }: Opening, ms: number): readonly Addition[] {
  const { needs } = fact;
  if (rest === '' || (needs && (needs.by === 'listener' || typeof needs.value !== 'boolean'))) return [];
  if (object && startsAtOnce(fact.unit) && !isMadePerCall(object)) return [];
  const amount = inUnitOf(fact, ms) ?? ms;
  const value =
    fact.unit === 'signal'
      ? `AbortSignal.timeout(${String(ms)})`
      : fact.unit === 'deadline'
        ? `Date.now() + ${String(ms)}`
        : String(amount);
  // Behind the arguments that are there: `fetch(url)` → `fetch(url, { … })`.
  const target = object ?? positions.find((position) => position >= node.arguments.length);
  if (target === undefined || (typeof target === 'number' && target !== node.arguments.length)) return [];
  const found: Addition[] = [{ node, target, path: rest, value, amount }];
  const outer = fact.option.slice(0, fact.option.length - rest.length);
  if (needs?.by === 'option') {
    if (!needs.option.startsWith(outer)) return [];
    found.push({ node, target, path: needs.option.slice(outer.length), value: String(needs.value), amount: 0 });
  }
  return found;
}

// The clock of `AbortSignal.timeout(…)` and of a point in time starts where they are written.
function startsAtOnce(unit: Opening['fact']['unit']): boolean {
  return unit === 'signal' || unit === 'deadline';
}

/** Does the literal stand in the arguments of a call, so that each call makes its own? */
export function isMadePerCall(object: TSESTree.ObjectExpression): boolean {
  const { parent } = wrapped(object);
  if (parent?.type !== 'CallExpression') return false;
  // `Object.freeze({ … })` gives the literal itself.
  return parent.callee.type !== 'MemberExpression' || memberName(parent.callee) !== 'freeze';
}

function smaller(known: Addition | undefined, other: Addition): Addition {
  return known && known.amount <= other.amount ? known : other;
}

function write(file: SourceFile, additions: readonly Addition[]): TimeoutEdit | null {
  const [first] = additions;
  if (!first) return null;
  const targets = [...new Set(additions.map(({ target }) => target))];
  const texts = new Map(targets.map((target) => [target, nested(additions.filter((addition) => addition.target === target))]));
  return {
    safety: 'suggest',
    written: [...texts.values()].join('`, `'),
    changes: () => {
      const changes: TextChange[] = [];
      for (const [target, text] of texts) {
        const change =
          typeof target === 'number'
            ? addOption(file.sourceCode, first.node, { argument: target, text })
            : intoObject(file.sourceCode, target, text);
        if (!change) return null;
        changes.push(change);
      }
      return changes;
    },
  };
}

// `pool.acquire` and `pool.create` → `pool: { acquire: …, create: … }`
function nested(additions: readonly Pick<Addition, 'path' | 'value'>[]): string {
  const groups = new Map<string, Pick<Addition, 'path' | 'value'>[]>();
  for (const { path, value } of additions) {
    const [name = '', ...rest] = path.split('.');
    groups.set(name, [...(groups.get(name) ?? []), { path: rest.join('.'), value }]);
  }
  return [...groups]
    .map(([name, inner]) => {
      const [only] = inner;
      return only?.path === '' ? `${name}: ${only.value}` : `${name}: { ${nested(inner)} }`;
    })
    .join(', ');
}

// `timeout: 5000` → `signal: AbortSignal.timeout(5000)`
function renameTime(file: SourceFile, { openings }: EndlessWait, { entry, given }: UnreadTime): TimeoutEdit | null {
  const opening = openings.find(({ fact }) => fact.option === entry.instead);
  const { object, property, value } = given;
  if (!opening || !property || opening.fact.unit !== 'signal' || !object || !isMadePerCall(object)) return null;
  const written = `${entry.instead ?? ''}: AbortSignal.timeout(${file.sourceCode.getText(value)})`;
  return { safety: 'suggest', written, changes: () => [{ range: property.range, text: written }] };
}

function joinSignal(file: SourceFile, { object, property, value }: Given, ms: number): TimeoutEdit | null {
  if (!object || !isMadePerCall(object)) return null;
  const written = `AbortSignal.any([${file.sourceCode.getText(value)}, AbortSignal.timeout(${String(ms)})])`;
  const isShort = property?.shorthand === true;
  return {
    safety: 'suggest',
    written: `signal: ${written}`,
    changes: () => [isShort ? { range: property.range, text: `signal: ${written}` } : { range: value.range, text: written }],
  };
}

/** Adds the option without which a time ends nothing. */
export function addCompanion(file: SourceFile, { absent, needs }: IdleTimeout): TimeoutEdit | null {
  if (needs.by !== 'option' || typeof needs.value !== 'boolean' || !absent?.object || absent.rest === '') return null;
  const { object, rest } = absent;
  const written = nested([{ path: rest, value: String(needs.value) }]);
  return { safety: 'suggest', written, changes: () => [intoObject(file.sourceCode, object, written)] };
}
