import type { Creator } from '../catalog/descriptor.js';
import type { Form } from './hoist-client.js';

/** What decides the form of a hoisted client. */
export interface FormFacts {
  /** `settings.pool.hoist`. */
  readonly wanted: 'auto' | 'eager' | 'global-this' | 'lazy';
  readonly creator: Creator;
  /** The arguments are literals and constants. */
  readonly isConstant: boolean;
  /** The arguments read the environment and nothing less fixed. */
  readonly readsEnvironment: boolean;
  /** The environment has its values when the module is loaded. */
  readonly environmentReady: boolean;
  /** Modules are evaluated again while the program runs. */
  readonly hotReload: boolean;
  /** The client must be opened exactly once, by a promise that is kept. */
  readonly keepsPromise: boolean;
}

/** The form a client takes at module scope, and whether it is filled on the first call. */
export function formOf(facts: FormFacts): { readonly form: Form; readonly deferred: boolean } {
  const { creator, wanted } = facts;
  if (facts.keepsPromise) return { form: 'connected', deferred: true };
  const known = facts.isConstant || (facts.readsEnvironment && facts.environmentReady);
  // Nothing may happen earlier than before: no socket, no exception, no setting read before it is there.
  const early = known && creator.connects !== 'eager' && !((creator.throwsWithoutConfig ?? false) && !facts.isConstant);
  if (wanted === 'eager') return { form: 'eager', deferred: false };
  if (wanted === 'lazy') return { form: 'lazy', deferred: true };
  if (wanted === 'global-this' || facts.hotReload) return { form: 'global-this', deferred: !early };
  return early ? { form: 'eager', deferred: false } : { form: 'lazy', deferred: true };
}
