import { createRule } from '../src/create-rule.js';
import { attach } from '../src/fix/edit.js';
import { nestedUsesOf, type NestedUse } from '../src/lifetime/nested-uses.js';
import { useHeldConnection } from '../src/repair/use-held.js';
import { calledAs, excerpt, linesIn } from '../src/report/words.js';
import { mentionsCatalog } from '../src/resolve/creations.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { fileKindOf } from '../src/scope/file-kind.js';

const STUCK = 'none of them goes on';

export default createRule({
  name: 'no-nested-acquire',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow taking a second connection of a pool while one of it is held',
      recommended: 'error',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      nested: `\`{{call}}\` takes a second connection of the pool while the one from line {{line}} is held: when each connection is held by a request that waits for its second one, ${STUCK}.{{advice}}`,
      nestedThrough: `\`{{call}}\` takes a second connection of the pool when \`{{helper}}\` is called on {{at}}, while the one from line {{line}} is held: when each connection is held by a request that waits for its second one, ${STUCK}.{{advice}}`,
      outside: `\`{{call}}\` takes a connection of its own, outside of the transaction from line {{line}}, whose writes it does not see: when each connection is held by a transaction that waits for its second one, ${STUCK}.{{advice}}`,
      outsideThrough: `\`{{call}}\` takes a connection of its own when \`{{helper}}\` is called on {{at}}, outside of the transaction from line {{line}}, whose writes it does not see: when each connection is held by a transaction that waits for its second one, ${STUCK}.{{advice}}`,
      useHeld: 'Use `{{name}}`.',
      passHeld: 'Pass `{{option}}`.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (!mentionsCatalog(file).answer) return {};
    const kind = fileKindOf(file);
    if (kind === 'test') return {};
    return {
      'Program:exit'() {
        for (const nested of nestedUsesOf(file)) {
          const { use, holding, through } = nested;
          // One run of a script at a time does not empty the pool; what misses its transaction is wrong there too.
          if (kind === 'script' && holding.takes === 'connection') continue;
          const edit = useHeldConnection(file, nested);
          context.report({
            node: use.node,
            messageId: `${holding.takes === 'transaction' ? 'outside' : 'nested'}${through.length > 0 ? 'Through' : ''}`,
            data: {
              call: calledAs(file, use.node),
              line: String(holding.taken.loc.start.line),
              helper: through[0] ? calledAs(file, through[0]) : '',
              at: linesIn(through),
              advice: adviceFor(file, nested),
            },
            ...attach(edit, edit?.wording ?? { messageId: 'useHeld' }, file.settings.autofix),
          });
        }
      },
    };
  },
});

function adviceFor(file: SourceFile, { use, holding, through }: NestedUse): string {
  const name = holding.variables[0]?.name;
  if (name === undefined) return '';
  if (through[0]) return ` Pass \`${name}\` to \`${excerpt(file, through[0].callee, '()')}\`.`;
  const { option } = use.shortcut ?? {};
  if (option !== undefined) return ` Pass \`${option === name ? `{ ${name} }` : `{ ${option}: ${name} }`}\`.`;
  return use.kind === 'shortcut' ? ` Use \`${name}\`.` : ` Use \`${name}\` for both.`;
}
