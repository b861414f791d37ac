/** The question before all others: can this file concern the rules at all? It is asked of every file, and most say no. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { literalValue } from '../ast/objects.js';
import { wrapped } from '../ast/nodes.js';
import { ModuleIndex, type Vocabulary } from '../catalog/module-index.js';

type Context = Readonly<Pick<TSESLint.RuleContext<string, readonly unknown[]>, 'settings' | 'sourceCode'>>;

/** Lets through every file that brings in a module of the vocabulary, or uses a global name of it; and a few that do not. */
export class Gate {
  readonly #modules: ModuleIndex<{ readonly modules: readonly string[] }>;
  readonly #globals: ReadonlySet<string>;
  // Keyed on the tree: oxlint hands one SourceCode object to every file, only the tree is new.
  readonly #answers = new WeakMap<TSESTree.Program, boolean>();
  readonly #settings = new WeakSet();

  constructor({ globals, modules }: Vocabulary) {
    this.#modules = new ModuleIndex([{ modules }]);
    this.#globals = new Set(globals);
  }

  /** May a rule find something in this file? Cheap, and asked once per file. */
  admits({ settings, sourceCode }: Context): boolean {
    const known = this.#answers.get(sourceCode.ast);
    if (known !== undefined) return known;
    const answer = this.#isToBeRead(settings['pool']) || this.#mayUse(sourceCode);
    this.#answers.set(sourceCode.ast, answer);
    return answer;
  }

  // Libraries of the user's own are the catalog's business, and what is wrong with settings shows when they are read once.
  #isToBeRead(settings: unknown): boolean {
    if (settings === undefined) return false;
    if (typeof settings !== 'object' || settings === null || 'libraries' in settings) return true;
    const read = this.#settings.has(settings);
    this.#settings.add(settings);
    return !read;
  }

  #mayUse({ ast, scopeManager, text }: Readonly<TSESLint.SourceCode>): boolean {
    for (const node of ast.body) {
      switch (node.type) {
        case 'ImportDeclaration':
          if (this.#has(node.source.value) || /^(?:node:)?module$/u.test(node.source.value)) return true;
          break;
        case 'ExportNamedDeclaration':
        case 'ExportAllDeclaration':
          if (node.source && this.#has(node.source.value)) return true;
          break;
        case 'TSImportEqualsDeclaration':
          if (node.moduleReference.type === 'TSExternalModuleReference') return true;
          break;
        default:
      }
    }
    const scope = scopeManager?.globalScope;
    if (!scope) return false;
    for (const reference of scope.through) if (this.#isUse(reference)) return true;
    for (const name of [...this.#globals, 'require']) {
      const variable = scope.set.get(name);
      if (variable?.defs.length === 0 && variable.references.some((reference) => this.#isUse(reference))) return true;
    }
    return text.includes('import(');
  }

  #isUse({ identifier }: TSESLint.Scope.Reference): boolean {
    if (this.#globals.has(identifier.name)) return true;
    if (identifier.name !== 'require') return false;
    const call = wrapped(identifier).parent;
    const specifier = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
    const module = specifier ? literalValue(specifier) : undefined;
    // `require` handed to somebody, or of something computed: the gate does not look into it.
    return typeof module !== 'string' || this.#has(module);
  }

  #has(module: string): boolean {
    return this.#modules.of(module).length > 0;
  }
}
