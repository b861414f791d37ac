/**
 * Evaluates a function body over all its paths and says what becomes of one value.
 *
 * The body is read structurally. On the way goes the set of states in which the value can be (`paths/states.ts`); statements pass it on,
 * branches split and join it, and whatever leaves the body takes it along. Unlike ESLint's code paths, every call and `await` has an exit of
 * its own: it may throw.
 *
 * The evaluator is written in layers, each in a file of `paths/` and each a class that knows those below: `run`, `closures`, `carriers`,
 * `taking`, `conditions`, `callbacks`, `passing`, `promises`, `calls`, `expressions`, `statements`.
 */
import type { SourceFile } from '../resolve/source-file.js';
import { lastStatement } from './paths/shape.js';
import { BEFORE, HELD } from './paths/states.js';
import { Statements } from './paths/statements.js';
import type { Evaluation, Subject } from './paths/subject.js';

export type { Evaluation, Subject } from './paths/subject.js';

/** Follows a value through its body. */
export function evaluate(file: SourceFile, subject: Subject): Evaluation {
  return new Evaluator(file, subject, 0).run();
}

class Evaluator extends Statements {
  run(): Evaluation {
    const { body, start } = this.subject;
    const states = this.body(body, start ? BEFORE : HELD);
    if (states !== 0) this.exit(lastStatement(body), 'end', states);
    return { outcome: this.outcome(), whileHeld: this.whileHeld, releases: [...this.releases] };
  }

  protected override evaluateHelper(subject: Subject): Evaluation {
    return new Evaluator(this.file, subject, this.depth + 1).run();
  }
}
