import { createRule } from '../src/create-rule.js';
import { staleConnectionsOf, type StaleConnections } from '../src/options/recycling.js';
import { optionNames, optionText } from '../src/report/options.js';
import { calledAs } from '../src/report/words.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { creationScopes } from '../src/scope/creation-scope.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { isServerless } from '../src/scope/runtime.js';

export default createRule({
  name: 'no-stale-connections',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow idle connections that are kept for ever and never tried',
      recommended: 'off',
      strict: 'error',
    },
    schema: [],
    messages: {
      given: '`{{option}}` keeps idle connections for ever. {{fate}} {{advice}}',
      byDefault: '`{{call}}` keeps idle connections for ever unless it is told otherwise. {{fate}} {{advice}}',
      minimum:
        '`{{call}}` keeps {{count}} of its connections (`{{minimum}}`) for ever, however long they are idle. {{fate}} {{advice}}',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) !== 'server') return {};
    return {
      'Program:exit'() {
        for (const stale of staleConnectionsOf(file)) {
          const { call, given, kept } = stale;
          // What is made for one request does not get old, nor does anything where the platform ends the process.
          if (creationScopes(file).of(call.node).kind !== 'once' || isServerless(file)) continue;
          context.report({
            node: (given ?? kept?.given)?.property ?? call.node,
            messageId: given ? 'given' : kept ? 'minimum' : 'byDefault',
            data: describe(file, stale),
          });
        }
      },
    };
  },
});

function describe(file: SourceFile, stale: StaleConnections): Record<string, string> {
  const { call, given, kept, recycling } = stale;
  const fate =
    recycling.validates === 'socket'
      ? 'One that a firewall has dropped silently'
      : 'One that the server or a firewall has dropped';
  return {
    call: calledAs(file, call.node),
    option: given ? optionText(file, { ...given, name: given.fact.option, node: given.value }) : '',
    count: String(kept?.count ?? ''),
    minimum: kept?.option ?? '',
    fate: `${fate} is found out by the request that gets it.`,
    advice: adviceFor(stale),
  };
}

function adviceFor({ bounds, given, kept }: StaleConnections): string {
  if (given) {
    const others = bounds.filter((fact) => fact !== given.fact);
    return others.length === 0 ? 'Give it a time.' : `Give it a time, or set ${optionNames(others)}.`;
  }
  if (bounds.length === 0) return 'Set the minimum to 0.';
  return `Set ${optionNames(bounds)}${kept ? ', or the minimum to 0' : ''}.`;
}
