/** Words for messages: lines, and short pieces of source text. */
import type { Node } from '../ast/nodes.js';
import type { Exit } from '../lifetime/outcome.js';
import type { SourceFile } from '../resolve/source-file.js';

const VERBS: Record<Exit['kind'], string> = {
  end: 'ends',
  event: '',
  exception: '',
  overwritten: '',
  return: 'returns',
  throw: 'throws',
};

// More lines than this are not read.
const MOST = 3;

/** The places of exits in words: "line 14 returns", "the call on line 9 or 12". */
export function linesOf(exits: readonly Exit[]): string {
  const kinds = new Set(exits.map(({ kind }) => kind));
  const listed = (list: readonly Exit[]): string => {
    const lines = [...new Set(list.map(({ node }) => node.loc.start.line))];
    const shown = lines.slice(0, MOST).map(String);
    if (lines.length > MOST) shown.push('others');
    return shown.length === 1 ? `line ${shown[0] ?? ''}` : `line ${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
  };
  if (kinds.size === 1 && exits[0]) {
    const verb = VERBS[exits[0].kind];
    return exits[0].kind === 'end' ? 'the function ends' : `${listed(exits)}${verb === '' ? '' : ` ${verb}`}`;
  }
  return [...kinds]
    .map((kind) => linesOf(exits.filter((exit) => exit.kind === kind)))
    .filter((words) => words !== '')
    .join(', or when ');
}

/** The text of a node on one line, cut where it gets long, with something behind it. */
export function excerpt(file: SourceFile, node: Node, suffix = ''): string {
  const text = file.sourceCode
    .getText(node)
    .replace(/\s+/gu, ' ')
    .replace(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gu, '()');
  return `${text.length > 40 ? `${text.slice(0, 39)}…` : text}${suffix}`;
}
