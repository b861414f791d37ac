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
  readonly settings: ResolvedSettings;
  readonly #cwd: string;
  readonly #facts = new Map<unknown, unknown>();
  #pathInProject: string | null = null;
  #nodes: NodeIndex | null = null;

  constructor(context: RuleContextLike) {
    this.sourceCode = context.sourceCode;
    this.ast = context.sourceCode.ast;
    this.filename = withSlashes(context.filename);
    this.settings = readSettings(context.settings);
    this.#cwd = context.cwd;
  }

  /** Path below the working directory: what lies above it says nothing about the file. */
  get pathInProject(): string {
    if (this.#pathInProject === null) {
      const cwd = withSlashes(this.#cwd).replace(/\/?$/u, '/');
      this.#pathInProject = this.filename.startsWith(cwd) ? this.filename.slice(cwd.length) : this.filename;
    }
    return this.#pathInProject;
  }

  /** What `make` finds out about the file; it is asked once. */
  fact<T>(make: (file: SourceFile) => T): T {
    const known = this.#facts.get(make);
    if (known !== undefined) return known as T;
    const value = make(this);
    this.#facts.set(make, value);
    return value;
  }

  /** Is it TypeScript (so that an edit may, and sometimes must, write types)? */
  get isTypeScript(): boolean {
    return /\.[cm]?tsx?$/u.test(this.filename);
  }

  /**
   * All nodes of a type, in source order. The tree is walked once per file, and only when somebody asks.
   */
  nodesOfType<T extends IndexedType>(type: T): readonly Extract<Node, { type: T }>[] {
    this.#nodes ??= this.#index();
    return this.#nodes[type] as unknown as readonly Extract<Node, { type: T }>[];
  }

  #index(): NodeIndex {
    const index: NodeIndex = {
      AssignmentExpression: [],
      ImportExpression: [],
      MemberExpression: [],
      ThisExpression: [],
      UpdateExpression: [],
    };
    this.#eachNode((node) => {
      // Compared one by one: most nodes of a file are of none of these types, and a look-up by name costs more.
      switch (node.type) {
        case 'AssignmentExpression':
        case 'ImportExpression':
        case 'MemberExpression':
        case 'ThisExpression':
        case 'UpdateExpression':
          index[node.type].push(node);
          break;
        default:
      }
    });
    return index;
  }

  // ESLint keeps the list of its own traversal, and reading that is faster than another walk. Other linters have none.
  #eachNode(visit: (node: Node) => void): void {
    const { sourceCode } = this as { readonly sourceCode: Partial<Traversed> };
    if (!sourceCode.traverse) {
      walk(this.ast, this.sourceCode.visitorKeys, (node) => {
        visit(node);
        return undefined;
      });
      return;
    }
    for (const step of sourceCode.traverse()) if (step.kind === VISIT && step.phase === ENTER) visit(step.target as Node);
  }
}

/** The part of ESLint's `SourceCode` that its types for rules leave out. */
interface Traversed {
  traverse(): Iterable<{ readonly kind: number; readonly phase?: number; readonly target: unknown }>;
}
const VISIT = 1;
const ENTER = 1;

type IndexedType = 'AssignmentExpression' | 'ImportExpression' | 'MemberExpression' | 'ThisExpression' | 'UpdateExpression';
type NodeIndex = Readonly<Record<IndexedType, Node[]>>;

function withSlashes(path: string): string {
  return path.includes('\\') ? path.replaceAll('\\', '/') : path;
}

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
  return (file) => file.fact(make);
}
