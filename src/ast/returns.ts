import { walkStatements, type FunctionNode, type Node } from './nodes.js';

/** The expressions a function returns, nested functions left out. Empty for a function that returns nothing. */
export function returnedExpressions(fn: FunctionNode): readonly Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const returned: Node[] = [];
  walkStatements(fn.body, (statement) => {
    if (statement.type === 'ReturnStatement' && statement.argument) returned.push(statement.argument);
  });
  return returned;
}
