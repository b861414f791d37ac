import type { FileConvention } from '../framework.js';

/** Names of the parameters by which handlers are known, where the file brings in something of their framework. */
export const REQUEST = /^_*req(?:uest)?$/iu;
export const RESPONSE = /^_*res(?:ponse)?$/iu;
export const NEXT = /^_*next$/iu;
const ERROR = /^_*(?:e|err|error)$/iu;

/**
 * Exported functions with the parameters of a handler, exported objects and classes of such, and what exported functions return: they
 * are registered in another file.
 */
export function exportedHandlers(
  imports: readonly string[],
  signature: readonly RegExp[],
  label = '{name}() request handler',
): FileConvention {
  return {
    file: /./u,
    exports: ['*', '*.*', '*.()'],
    needsImport: imports,
    signature,
    scope: 'request',
    label,
  };
}

/** As {@link exportedHandlers}, for `(req, res)` and the error handlers beside them. */
export function exportedMiddleware(imports: readonly string[]): readonly FileConvention[] {
  return [exportedHandlers(imports, [REQUEST, RESPONSE]), exportedHandlers(imports, [ERROR, REQUEST, RESPONSE])];
}
