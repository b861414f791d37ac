/** Names for what an edit declares at module scope. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Node } from '../ast/nodes.js';

/**
 * May `name` be declared at module scope without meeting another one: there, or in any scope where it will be used?
 *
 * @param uses Nodes at which the name will be written.
 * @param gone Variables that the edit removes.
 */
export function isFree(
  sourceCode: TSESLint.SourceCode,
  name: string,
  uses: readonly Node[],
  gone: ReadonlySet<TSESLint.Scope.Variable> = new Set(),
): boolean {
  const manager = sourceCode.scopeManager;
  if (!manager?.globalScope) return false;
  const moduleScope = manager.globalScope.childScopes.find((scope) => scope.type === 'module') ?? manager.globalScope;
  const top =
    moduleScope.type === 'global'
      ? (moduleScope.childScopes.find((scope) => scope.block.type === 'Program') ?? moduleScope)
      : moduleScope;
  for (const scope of [manager.globalScope, moduleScope, top]) {
    const taken = scope.set.get(name);
    if (taken && taken.defs.length > 0 && !gone.has(taken)) return false;
  }
  // Somebody means a global of that name.
  if (globalNames(sourceCode, manager.globalScope).has(name)) return false;
  if ((manager.globalScope.set.get(name)?.references.length ?? 0) > 0) return false;
  for (const use of uses) {
    for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(use); scope && scope !== top; scope = scope.upper) {
      const taken = scope.set.get(name);
      if (taken && taken.defs.length > 0 && !gone.has(taken)) return false;
    }
  }
  return !RESERVED.has(name);
}

const globals = new WeakMap<TSESTree.Program, ReadonlySet<string>>();

// Names that the file uses and does not declare. Every edit asks for some.
function globalNames(sourceCode: TSESLint.SourceCode, globalScope: TSESLint.Scope.Scope): ReadonlySet<string> {
  const known = globals.get(sourceCode.ast);
  if (known) return known;
  const names = new Set(globalScope.through.map((reference) => reference.identifier.name));
  globals.set(sourceCode.ast, names);
  return names;
}

/** The first free name of: `name`, `sharedName`, `sharedName2` …; null after five tries. */
export function freeName(
  sourceCode: TSESLint.SourceCode,
  name: string,
  uses: readonly Node[],
  gone: ReadonlySet<TSESLint.Scope.Variable> = new Set(),
): string | null {
  return candidates(name).find((candidate) => isFree(sourceCode, candidate, uses, gone)) ?? null;
}

/** The first free name of: `getPool`, `getSharedPool`, `getSharedPool2` …; null after five tries. */
export function freePrefixedName(
  sourceCode: TSESLint.SourceCode,
  prefix: string,
  name: string,
  uses: readonly Node[],
): string | null {
  return (
    candidates(name)
      .map((candidate) => prefixed(prefix, candidate))
      .find((candidate) => isFree(sourceCode, candidate, uses)) ?? null
  );
}

function candidates(name: string): readonly string[] {
  const shared = prefixed('shared', name);
  return [name, shared, `${shared}2`, `${shared}3`, `${shared}4`];
}

/** `pool` → `getPool`. */
export function prefixed(prefix: string, name: string): string {
  return prefix + name.charAt(0).toUpperCase() + name.slice(1);
}

/** `MongoClient` → `mongoClient`, `S3Client` → `s3Client`, `createPool` → `pool`. */
export function instanceName(callee: string): string {
  const bare = callee.replace(/^(?:create|connect|make|new)(?=[A-Z])/u, '');
  const head = /^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+\d*$|^[A-Z]\d*/u.exec(bare)?.[0];
  return head === undefined ? bare : head.toLowerCase() + bare.slice(head.length);
}

const RESERVED = new Set(
  'arguments,await,break,case,catch,class,const,continue,debugger,default,delete,do,else,enum,eval,export,extends,false,finally,for,function,if,implements,import,in,instanceof,interface,let,new,null,package,private,protected,public,return,static,super,switch,this,throw,true,try,typeof,undefined,var,void,while,with,yield'.split(
    ',',
  ),
);
