import type { Safety, TextChange } from '../fix/edit.js';
import { memberName, unwrap } from '../ast/nodes.js';
import type { Acquisition } from '../lifetime/acquiring.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that makes a request ask for no body. */
export interface WithoutBody {
  readonly safety: Safety;
  /** What is asked instead. */
  readonly name: string;
  readonly changes: () => readonly TextChange[] | null;
}

/**
 * Where the library has another command or method that answers with the same metadata and no body: the edit that uses it.
 *
 * @returns null where there is none, or where the command's name is used for something else too.
 */
export function withoutBody(file: SourceFile, acquisition: Acquisition): WithoutBody | null {
  return otherMethod(acquisition) ?? otherCommand(file, acquisition);
}

// `s3.getObject({ … })`; a position to read from has no place in a request for metadata.
function otherMethod({ node, response }: Acquisition): WithoutBody | null {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || callee.computed) return null;
  const { property } = callee;
  const other = response?.withoutBody?.find(({ replace }) => replace === memberName(callee));
  const [first] = node.arguments;
  if (!other || (first && first.type !== 'ObjectExpression')) return null;
  return { safety: 'suggest', name: other.by, changes: () => [{ range: property.range, text: other.by }] };
}

// `s3.send(new GetObjectCommand({ … }))`
function otherCommand(file: SourceFile, { node, response }: Acquisition): WithoutBody | null {
  for (const argument of node.arguments) {
    const made = unwrap(argument);
    if (made.type !== 'NewExpression' || made.callee.type !== 'Identifier') continue;
    const { callee } = made;
    const other = response?.withoutBody?.find(({ replace }) => replace === callee.name);
    const variable = other ? originsOf(file).variable(callee) : null;
    const definition = variable?.defs[0];
    if (!other || !variable || definition?.type !== 'ImportBinding' || definition.node.type !== 'ImportSpecifier') continue;
    if (variable.references.length !== 1 || definition.node.local.name !== other.replace) continue;
    if (file.sourceCode.text.includes(other.by)) continue;
    const { range } = definition.node;
    return {
      safety: 'suggest',
      name: other.by,
      changes: () => [
        { range, text: other.by },
        { range: callee.range, text: other.by },
      ],
    };
  }
  return null;
}
