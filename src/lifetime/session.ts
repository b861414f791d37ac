/** Statements that hold only on the connection they were sent on. */
import { unwrap, type Node } from '../ast/nodes.js';
import { isConstant } from '../ast/variables.js';
import type { CreationSite } from '../resolve/creations.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { matchesMember, textOf } from './protocol.js';
import { usagesOf, type MethodUse } from './usages.js';

// Settings, locks, cursors and temporary tables, beside the transactions that the catalog knows.
const SESSION =
  /^\s*(?:begin|start\s+transaction|commit|rollback|savepoint|set|listen|unlisten|lock|declare|fetch|prepare|create\s+temp(?:orary)?)\b/iu;

/** Does the file run a transaction on the connection, or change settings of it, so that its statements have to stay together? */
export function controlsSession(file: SourceFile, site: CreationSite): boolean {
  return usagesOf(file, site).calls.some((use) => isSessionCommand(file, site, use));
}

/** Can each statement that the file sends be read? */
export function showsStatements(file: SourceFile, site: CreationSite): boolean {
  return usagesOf(file, site).calls.every(({ call }) => statementAt(file, call.arguments[0]) !== null);
}

function isSessionCommand(file: SourceFile, { library }: CreationSite, { call, method }: MethodUse): boolean {
  const known = library.transactions?.flatMap(({ begin, commit, rollback }) => [...begin, ...commit, ...rollback]) ?? [];
  return matchesMember(known, [method], call) || SESSION.test(statementAt(file, call.arguments[0]) ?? '');
}

// The text of a statement, also where a constant holds it.
function statementAt(file: SourceFile, argument: Node | undefined): string | null {
  const expression = argument ? unwrap(argument) : undefined;
  if (expression?.type !== 'Identifier') return textOf(expression);
  const variable = originsOf(file).variable(expression);
  const [definition] = variable?.defs ?? [];
  const isText = definition?.type === 'Variable' && definition.node.id.type === 'Identifier';
  return variable && isText && isConstant(variable) ? textOf(definition.node.init ?? undefined) : null;
}
