import { costText } from '../src/catalog/cost.js';
import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import { connectionsAllowed } from '../src/lifetime/options.js';
import { controlsSession } from '../src/lifetime/session.js';
import { isDedicated, usagesOf } from '../src/lifetime/usages.js';
import { creationDependencies, shareClient, type Repair } from '../src/repair/share-client.js';
import { creationSitesOf, mentionsCatalog, type CreationSite } from '../src/resolve/creations.js';
import { isPrivateMember } from '../src/resolve/members.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { creationScopes } from '../src/scope/creation-scope.js';
import { executionScopeOf, type ExecutionScope } from '../src/scope/execution-scope.js';
import { isRepeatedAttempt } from '../src/scope/retry.js';
import { runtimeOf } from '../src/scope/runtime.js';

const CAUTIONS: Record<Repair['cautions'][number], string> = {
  'depends-on-call': 'its arguments call a function, which would then be called once',
  'depends-on-variable': 'its arguments read a variable that changes',
  'keep-alive-unseen': 'it only saves connections if its options turn keep-alive on',
  'keeps-promise': 'a failed first connection is retried by the next request',
  'leaks-checkout': 'a checkout may not be given back, so the shared pool could run empty: mend that first',
  'passed-on': 'make sure that nothing it is passed to closes it',
  returned: 'make sure that no caller closes it',
  'runs-at-startup': 'the function also runs at start-up',
  stored: 'make sure that nobody closes it where it is stored',
  'unread-statement': 'make sure that no statement belongs to a transaction',
};

export default createRule({
  name: 'no-per-request-client',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow creating clients, pools and agents once per request',
      recommended: 'error',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      perRequest: '`{{construction}}` runs for every {{per}} ({{chain}}): each {{cost}}. Create it once at module scope.',
      connectionPerRequest:
        '`{{construction}}` runs for every {{per}} ({{chain}}): each {{cost}}. Query a pool that is created once at module scope instead.',
      sessionPerRequest:
        '`{{construction}}` runs for every {{per}} ({{chain}}): each {{cost}}. Check a connection out of a pool that is created once at module scope instead, and give it back in a `finally`.',
      perIteration: '`{{construction}}` runs in every turn of the {{loop}}: each {{cost}}. Create it once before the loop.',
      perTenant:
        '`{{construction}}` is configured from the {{per}} ({{chain}}) and never closed: each {{cost}}, for every {{per}}. Keep one per key in a map that outlives the {{per}}, or close it.',
      hoist: 'Create it once at module scope{{caution}}.',
      hoistWithOption: 'Create it once at module scope, with `{{option}}`{{caution}}.',
      usePool: 'Query a pool that is created once at module scope{{caution}}.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer) return {};
    return {
      'Program:exit'() {
        let reported: CreationSite | null = null;
        for (const site of creationSitesOf(file)) {
          const made = creationScopes(file).of(site.node);
          if (made.kind !== 'request' && made.kind !== 'iteration') continue;
          // What is made for another client is that client's. Sites come in source order: it can only be the last one.
          if (!isShareable(file, site) || (reported && isArgumentOf(site, reported))) continue;
          if (made.scope.calendar && isOpenedForOneRun(file, site)) continue;
          const dependencies = creationDependencies(file, site);
          const data = describe(file, site, made.scope);
          if (made.kind === 'iteration') {
            if (dependencies.kind !== 'constant' && dependencies.kind !== 'environment' && dependencies.kind !== 'imported')
              continue;
            if (isRepeatedAttempt(site.node, made.scope.loopNode)) continue;
            context.report({ node: site.node, messageId: 'perIteration', data });
          } else if (dependencies.kind === 'request') {
            if (!mayBeClosed(file, site)) context.report({ node: site.node, messageId: 'perTenant', data });
          } else {
            const repair = isRepeatedAttempt(site.node, made.scope.loopNode)
              ? null
              : shareClient(file, site, dependencies, made.scope);
            context.report({
              node: site.node,
              messageId: messageOf(file, site),
              data,
              ...attach(repair, suggestionOf(repair), file.settings.autofix),
            });
          }
          reported = site;
        }
      },
    };
  },
});

// Sockets of its own, on a runtime where one client may serve many requests.
function isShareable(file: SourceFile, site: CreationSite): boolean {
  const { creator } = site;
  if (creator.holds !== 'sockets' || creator.perRequestIsNormal || creator.idempotent || isDedicated(file, site)) return false;
  const runtime = runtimeOf(file);
  if (runtime === 'edge' || runtime === 'ambiguous') return false;
  return creator.requestBoundOn === undefined || runtime === 'node';
}

function messageOf(file: SourceFile, site: CreationSite): 'connectionPerRequest' | 'perRequest' | 'sessionPerRequest' {
  if (site.creator.makes !== 'connection') return 'perRequest';
  return controlsSession(file, site) ? 'sessionPerRequest' : 'connectionPerRequest';
}

function suggestionOf(repair: Repair | null): {
  readonly messageId: 'hoist' | 'hoistWithOption' | 'usePool';
  readonly data: { readonly caution: string; readonly option: string };
} {
  const cautions = (repair?.cautions ?? []).map((name) => CAUTIONS[name]).join('; ');
  const data = { caution: cautions === '' ? '' : ` (${cautions})`, option: repair?.addedOption ?? '' };
  if (repair?.kind === 'pool') return { messageId: 'usePool', data };
  return { messageId: data.option === '' ? 'hoist' : 'hoistWithOption', data };
}

function isArgumentOf(site: CreationSite, other: CreationSite): boolean {
  return other.node.range[0] < site.node.range[0] && site.node.range[1] < other.node.range[1];
}

// A pool in its place would keep the connection open from one night to the next.
function isOpenedForOneRun(file: SourceFile, site: CreationSite): boolean {
  const { closes, disposed } = usagesOf(file, site);
  return site.creator.makes === 'connection' && (disposed || closes.length > 0);
}

function mayBeClosed(file: SourceFile, site: CreationSite): boolean {
  const { closes, disposed, handedOut, passed, stored, transferred, unclear } = usagesOf(file, site);
  if (disposed || handedOut || unclear || passed.length > 0 || transferred.length > 0) return true;
  // A hook of the application is not called for what lives as long as a request, and only the class gets at its private fields.
  return (
    closes.some(({ call }) => executionScopeOf(file, call).kind !== 'startup') ||
    stored.some((target) => !isPrivateMember(target))
  );
}

function describe(file: SourceFile, site: CreationSite, scope: ExecutionScope): Record<string, string> {
  const callee = file.sourceCode.getText(site.node.callee).replace(/\s+/gu, '');
  return {
    construction: `${site.node.type === 'NewExpression' ? 'new ' : ''}${callee}()`,
    chain: scope.chain.join(' → '),
    loop: scope.loop ?? 'loop',
    per: scope.per,
    cost: costText(site.library, site.creator, connectionsAllowed(file, site)),
  };
}
