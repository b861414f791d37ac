import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode, Node } from '../../ast/nodes.js';
import type { Variable } from '../../ast/variables.js';
import type { Outcome } from '../outcome.js';
import type { Protocol } from '../protocol.js';
import type { Values } from '../values.js';

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What is to be followed, and where. */
export interface Subject {
  /** Function or program on whose paths the value is followed. */
  readonly body: FunctionNode | TSESTree.Program;
  /** The call that takes it; null if the body is entered with it (the callback that receives it). */
  readonly start: Call | null;
  /** Expressions that are the value, besides what they are assigned to. */
  readonly values: Values;
  readonly protocol: Protocol;
  /** Parameter that says that there is no value: the error of a node-style callback. */
  readonly error: Variable | null;
  /** What is held belongs to somebody else, who may give it back where this body does not. */
  readonly borrowed?: boolean;
}

/** The outcome, and what the evaluation saw on the way. */
export interface Evaluation {
  readonly outcome: Outcome;
  /** Calls and tagged templates reached while the value was certainly held. */
  readonly whileHeld: ReadonlySet<Node>;
  /** The calls that give it back. */
  readonly releases: readonly Call[];
}
