import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import type { Acquisition } from '../src/lifetime/acquiring.js';
import { responsesOf } from '../src/lifetime/responses.js';
import { isErrorExit, type Exit } from '../src/lifetime/outcome.js';
import { swallowedBy } from '../src/lifetime/refused.js';
import { discardBody } from '../src/repair/discard-body.js';
import { withoutBody } from '../src/repair/without-body.js';
import { excerpt, linesOf } from '../src/report/words.js';
import { mentionsCatalog, mentionsGlobals } from '../src/resolve/creations.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { isForAnotherPlatform } from '../src/scope/platform.js';

type Options = [{ checkErrorExits?: boolean }];

export default createRule<Options, 'discard' | 'neverRead' | 'notRead' | 'refused' | 'withoutBody'>({
  name: 'no-unconsumed-response',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the body of every response to be read or discarded',
      recommended: 'error',
      strict: 'error',
      strictOptions: [{ checkErrorExits: true }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          checkErrorExits: {
            type: 'boolean',
            description:
              'Whether a `throw` or `return` for a bad status has to discard the body too. Left out: where an unread body of any size holds its socket for good.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      neverRead: 'Nobody reads the body of the response to `{{call}}`: {{cost}}. {{advice}}',
      notRead: 'The body of the response to `{{call}}` is not read when {{exits}}: {{cost}}. {{advice}}',
      refused:
        'A status that `{{call}}` refuses rejects with a response whose body is not read on line {{line}}: {{cost}}. Discard `error.{{body}}` there, or let every status pass.',
      discard: 'Discard the body.',
      withoutBody: 'Ask for no body: `{{name}}`.',
    },
  },
  create(context, [{ checkErrorExits }]) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer && !mentionsGlobals(file).answer) return {};
    if (fileKindOf(file) !== 'server') return {};
    return {
      'Program:exit'() {
        for (const acquisition of responsesOf(file)) {
          const { outcome } = acquisition.evaluation;
          const { node, response } = acquisition;
          if (!response || (response.ofPlatform && isForAnotherPlatform(file, acquisition.node))) continue;
          const lasting = response.unread !== 'holds-socket-when-large' || response.collected === false;
          const all = checkErrorExits ?? lasting;
          const exits = ('exits' in outcome ? outcome.exits : []).filter(
            (exit) => all || !isErrorExit(file, exit, acquisition),
          );
          if (exits.length === 0) {
            const catcher = all ? swallowedBy(file, acquisition) : null;
            const data = {
              ...describe(file, acquisition, exits),
              line: String(catcher?.loc.start.line),
              body: response.rejection?.body,
            };
            if (catcher) context.report({ node, messageId: 'refused', data });
            continue;
          }
          const never = outcome.kind === 'never' && exits.length === outcome.exits.length;
          const other = never ? withoutBody(file, acquisition) : null;
          context.report({
            node,
            messageId: never ? 'neverRead' : 'notRead',
            data: describe(file, acquisition, exits),
            ...(other
              ? attach(other, { messageId: 'withoutBody', data: { name: other.name } }, file.settings.autofix)
              : attach(discardBody(file, acquisition, exits), { messageId: 'discard' }, file.settings.autofix)),
          });
        }
      },
    };
  },
});

function describe(file: SourceFile, { node, response }: Acquisition, exits: readonly Exit[]): Record<string, string> {
  const { collected } = response ?? {};
  const until = collected === undefined ? '' : collected ? ' until it is garbage collected' : ' for good';
  const size =
    response?.freeBelow === undefined ? 'a large body' : `a body over ${String(Math.floor(response.freeBelow / 1000))} kB`;
  const costs = {
    'frees-itself': 'it has to be read',
    'holds-socket': `its socket serves no other request${until}`,
    'holds-socket-when-large': `${size} keeps its socket from other requests${until}`,
    'holds-stream': 'its stream stays open',
  };
  return {
    call: excerpt(file, node.callee, '()'),
    exits: linesOf(exits),
    cost: costs[response?.unread ?? 'frees-itself'],
    advice: `Read it, or discard it with \`${(response?.discard.template ?? '').replace('{body}', response?.body === '' ? 'response' : `response.${response?.body ?? ''}`)}\`.`,
  };
}
