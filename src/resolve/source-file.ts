import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { walk } from '../ast/walk.js';
import type { Node } from '../ast/nodes.js';
import { readSettings, type ResolvedSettings } from '../settings.js';

/** The parts of a rule context that the layers need; ESLint and oxlint both give them. */
export type RuleContextLike = Readonly<
  Pick<TSESLint.RuleContext<string, readonly unknown[]>, 'cwd' | 'filename' | 'settings' | 'sourceCode'>
>;

/** One file under analysis: what every layer starts from. */
export class SourceFile {
  readonly sourceCode: TSESLint.SourceCode;
  readonly ast: TSESTree.Program;
  /** Path with forward slashes. */
  readonly filename: string;
  /** Path below the working directory: what lies above it says nothing about the file. */
  readonly pathInProject: string;
  readonly settings: ResolvedSettings;
  #calls: ReadonlyMap<string, Node[]> | null = null;

  constructor(context: RuleContextLike) {
    this.sourceCode = context.sourceCode;
    this.ast = context.sourceCode.ast;
    this.filename = context.filename.replaceAll('\\', '/');
    this.settings = readSettings(context.settings);
    const cwd = context.cwd.replaceAll('\\', '/').replace(/\/?$/u, '/');
    this.pathInProject = this.filename.startsWith(cwd) ? this.filename.slice(cwd.length) : this.filename;
  }

  /** Is it TypeScript (so that an edit may, and sometimes must, write types)? */
  get isTypeScript(): boolean {
    return /\.[cm]?tsx?$/u.test(this.filename);
  }

  /**
   * All nodes of a type, in source order. The tree is walked once per file, and only when somebody asks.
   */
  nodesOfType<T extends IndexedType>(type: T): readonly Extract<Node, { type: T }>[] {
    this.#calls ??= this.#index();
    return (this.#calls.get(type) ?? []) as unknown as readonly Extract<Node, { type: T }>[];
  }

  #index(): ReadonlyMap<string, Node[]> {
    const index = new Map<string, Node[]>(INDEXED.map((type) => [type, []]));
    walk(this.ast, this.sourceCode.visitorKeys, (node) => {
      index.get(node.type)?.push(node);
      return undefined;
    });
    return index;
  }
}

const INDEXED = ['MemberExpression', 'ImportExpression', 'ThisExpression', 'TSParameterProperty'] as const;
type IndexedType = (typeof INDEXED)[number];

// Keyed on the tree: oxlint hands one SourceCode object to every file, only the tree is new.
const files = new WeakMap<TSESTree.Program, SourceFile>();

/** The analysis object of the file a rule is looking at, shared by all rules. */
export function sourceFileOf(context: RuleContextLike): SourceFile {
  const known = files.get(context.sourceCode.ast);
  if (known) return known;
  const file = new SourceFile(context);
  files.set(file.ast, file);
  return file;
}

/**
 * A per-file analysis that is made when first asked for and shared by all rules.
 *
 * @param make Builds it from the file.
 */
export function perFile<T extends object>(make: (file: SourceFile) => T): (file: SourceFile) => T {
  const made = new WeakMap<TSESTree.Program, T>();
  return (file) => {
    const known = made.get(file.ast);
    if (known) return known;
    const value = make(file);
    made.set(file.ast, value);
    return value;
  };
}
