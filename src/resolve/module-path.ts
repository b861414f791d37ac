import type { Step } from '../catalog/api-path.js';

/**
 * Where a value comes from: a module (or the global scope) and the steps that lead from it to the value. `new Pool()` after
 * `import { Pool } from 'pg'` is `pg` with the steps `Pool`, `new`; an instance known by its type annotation has the same steps.
 * `default` members do not count as steps.
 */
export interface Origin {
  /** Import specifier without `node:`; {@link GLOBAL} for unresolved global names. */
  readonly module: string;
  readonly steps: readonly Step[];
}

/** The module of names that no file declares. */
export const GLOBAL = '<global>';
