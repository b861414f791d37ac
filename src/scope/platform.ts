import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { SourceFile } from '../resolve/source-file.js';
import { runsInBrowser } from './file-kind.js';
import { runtimeOf } from './runtime.js';

/**
 * Is a call of the platform's own API one of a browser, or of an edge runtime? Both look after connections themselves, and only a browser
 * knows what an address without a host belongs to.
 */
export function isForAnotherPlatform(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const runtime = runtimeOf(file);
  return runtime === 'edge' || runtime === 'ambiguous' || isForBrowser(file, call);
}

/** Is a call of the platform's own API one of a browser? */
export function isForBrowser(file: SourceFile, { arguments: args }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (runsInBrowser(file)) return true;
  // Cookies are a matter of browsers: Node ignores the option.
  if (args.some((argument) => lookUpProperty(argument, 'credentials').found === 'yes')) return true;
  const address = args[0] ? unwrap(args[0]) : null;
  const start =
    address?.type === 'TemplateLiteral' ? address.quasis[0]?.value.cooked : address?.type === 'Literal' ? address.value : null;
  return typeof start === 'string' && /^(?:\/(?!\/)|\.\.?\/)/u.test(start);
}
