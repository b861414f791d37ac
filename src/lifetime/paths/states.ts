/** The states in which a value can be, and how conditions and failures change them. */
import type { Node } from '../../ast/nodes.js';
import type { Verdict } from '../status.js';

/** A set of states. An empty one means that no path comes here. */
export type States = number;

/** Not taken yet, or proved to be absent. */
export const BEFORE = 1;
export const HELD = 2;
/** Given back, or handed over. */
export const DONE = 4;
/** Held, and its status was seen to be a bad one. */
export const FAILED = 8;
/** Held, after something failed that may fail anywhere. */
export const RESCUED = 16;
/** Not given back, in whatever way it is held. */
export const OPEN = HELD | FAILED | RESCUED;

/** Where the ways out of a statement lead. */
export interface Sinks {
  readonly throws: (node: Node, states: States, written: boolean) => void;
  readonly returns: (node: Node, states: States) => void;
  readonly jumps: (kind: 'break' | 'continue', label: string | null, states: States) => void;
}

/** The states in which a promise is fulfilled, or a function returns, and in which it fails. */
export interface Settled {
  readonly ok: States;
  readonly bad: States;
}

/** The states on the two sides of a condition. */
export interface Tested {
  readonly yes: States;
  readonly no: States;
  /** Which side is the bad one is not known. */
  readonly unclear?: boolean;
}

/** Nothing is held where it was. */
export function closed(states: States): States {
  return (states & OPEN) === 0 ? states : (states & ~OPEN) | DONE;
}

/** What was held is held after a failure. */
export function rescued(states: States): States {
  return (states & HELD) === 0 ? states : (states & ~HELD) | RESCUED;
}

/** What was held was never there. */
export function absent(states: States): States {
  return states === 0 ? 0 : (states & ~OPEN) | ((states & OPEN) !== 0 ? BEFORE : 0);
}

/** The states after a condition: what one side was taken to be is forgotten where both go on alike. */
export function joined(then: States, otherwise: States, unclear: boolean, before: States): States {
  const after = then | otherwise;
  const settled = after & DONE & ~before;
  return unclear && settled === 0 && (before & HELD) !== 0 && (after & FAILED) !== 0 ? (after & ~FAILED) | HELD : after;
}

/** What a look at the status says of a value that is held. */
export function judged(states: States, verdict: Verdict): States {
  if (verdict === 'bad') return (states & HELD) !== 0 ? (states & ~HELD) | FAILED : states;
  if (verdict === 'good') return (states & FAILED) !== 0 ? (states & ~FAILED) | HELD : states;
  return states;
}
