import { enclosingFunction, wrappedAwait, type Node } from '../src/ast/nodes.js';
import { createRule } from '../src/create-rule.js';
import { attach, type Attachment } from '../src/fix/edit.js';
import { closedConnectionsOf, type ClosedConnection } from '../src/options/keep-alive.js';
import { addedOption, leaveOut, replacedValue } from '../src/repair/change-option.js';
import { optionText } from '../src/report/options.js';
import { calledAs } from '../src/report/words.js';
import { sourceFileOf, type SourceFile } from '../src/resolve/source-file.js';
import { creationScopes } from '../src/scope/creation-scope.js';
import { fileKindOf } from '../src/scope/file-kind.js';
import { isServerless } from '../src/scope/runtime.js';

export default createRule({
  name: 'no-disabled-keep-alive',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow clients and calls that open a connection for every request',
      recommended: 'off',
      strict: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      asked: '`{{option}}` {{does}}: each request pays for the handshakes again, and the ports run out under load.{{advice}}',
      off: '`{{option}}` makes `{{call}}` open a connection for every request: each request pays for the handshakes again, and the ports run out under load.',
      leftOut:
        '`{{call}}` opens a connection for every request unless `{{name}}` is on: each request pays for the handshakes again, and the ports run out under load.',
      keep: 'Write `{{name}}: true`.',
      leave: 'Leave `{{name}}` out.',
    },
  },
  create(context) {
    const file = sourceFileOf(context);
    if (fileKindOf(file) !== 'server') return {};
    return {
      'Program:exit'() {
        for (const closed of closedConnectionsOf(file)) {
          if (!isReused(file, closed)) continue;
          const given = closed.kind === 'left-out' ? null : closed.given;
          context.report({
            node: given?.property ?? closed.call.node,
            messageId: closed.kind === 'left-out' ? 'leftOut' : closed.kind,
            data: describe(file, closed),
            ...repair(file, closed),
          });
        }
      },
    };
  },
});

// What is made for one request, or for one mail, has nothing to keep a connection for: it is right to close it.
function isReused(file: SourceFile, { call, kind }: ClosedConnection): boolean {
  if (!call.called || (kind === 'asked' && call.called.makes === 'wrapper')) return true;
  if (creationScopes(file).of(call.node).kind !== 'once') return false;
  // `const transport = …` in a function that a script runs once.
  if (kind === 'left-out' && call.called.makes !== 'agent' && isLocal(call.node)) return false;
  // Agents serve the next invocation of a function that was frozen; a mail server has hung up by then.
  return kind === 'asked' || call.called.makes === 'agent' || !isServerless(file);
}

function isLocal(node: Node): boolean {
  return wrappedAwait(node).parent?.type === 'VariableDeclarator' && enclosingFunction(node) !== null;
}

function describe(file: SourceFile, closed: ClosedConnection): Record<string, string> {
  const name = nameOf(closed);
  const instead = closed.kind === 'asked' ? closed.entry.instead : undefined;
  return {
    call: calledAs(file, closed.call.node),
    name,
    option: closed.kind === 'left-out' ? '' : optionText(file, { ...closed.given, name, node: closed.given.value }),
    does: closed.kind === 'asked' ? closed.entry.does : '',
    advice: instead === undefined ? '' : ` Write \`${instead}\`.`,
  };
}

function nameOf(closed: ClosedConnection): string {
  const path = closed.kind === 'asked' ? closed.property : closed.fact.option;
  return path.split('.').at(-1) ?? path;
}

function repair(file: SourceFile, closed: ClosedConnection): Attachment<'keep' | 'leave'> {
  const { autofix } = file.settings;
  const data = { name: nameOf(closed) };
  if (closed.kind === 'left-out') {
    const edit = addedOption(file, closed.call, closed.absent, closed.argument, 'true');
    return attach(edit, { messageId: 'keep', data }, autofix);
  }
  const isSwitch = closed.kind === 'off' || closed.entry.instead?.endsWith(': true');
  if (isSwitch) return attach(replacedValue(file, closed.given, 'true'), { messageId: 'keep', data }, autofix);
  return attach(leaveOut(file, closed.given, 'suggest'), { messageId: 'leave', data }, autofix);
}
