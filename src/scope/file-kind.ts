import { directivesOf } from '../ast/directives.js';
import { matchesModule } from '../catalog/api-path.js';
import { BROWSER_GLOBALS, BROWSER_IMPORTS, BROWSER_MODULES } from '../catalog/browser.js';
import { globalReferences, modulesOf, type ModuleUse } from '../resolve/imports.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';

/** What a whole file is: `server` is anything that is not known to be something else. */
export type FileKind = 'browser' | 'script' | 'server' | 'test';

// Globs of section 4 of the request-scope facts, as patterns over the path with forward slashes.
const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|cypress|playwright|specs?)\/|\.(?:test|spec|e2e|e2e-spec|bench|cy|stories)\.[cm]?[jt]sx?$/u;
const SCRIPT_PATH =
  /(?:^|\/)(?:scripts?|bin|tools?|cli|migrations?|seeds?|seeders?)\/|(?:^|\/)(?:knexfile|ormconfig|seed|[\w.-]+\.config)(?:\.[\w-]+)?\.[cm]?[jt]s$/u;

const kinds = perFile((file: SourceFile) => ({ kind: kindOf(file) }));

/** What the file is, from its imports, its directives and its path below the project. */
export function fileKindOf(file: SourceFile): FileKind {
  return kinds(file).kind;
}

/**
 * Does the file run in a browser, wholly or also? It need not be a browser file as a whole: a component that a framework renders on the
 * server too counts.
 */
export function runsInBrowser(file: SourceFile): boolean {
  return inBrowser(file).answer;
}

const inBrowser = perFile((file: SourceFile) => ({
  answer:
    directivesOf(file.ast).includes('use client') ||
    /\.client\.[cm]?[jt]sx?$/u.test(file.pathInProject) ||
    modulesOf(file).some(
      (use) => BROWSER_MODULES.some((pattern) => matchesModule(pattern, use.module)) || importsForBrowser(use),
    ) ||
    BROWSER_GLOBALS.some((name) => globalReferences(file.sourceCode, name).length > 0) ||
    hasEventHandlers(file),
}));

// `<button onClick={…}>`: only what runs in a browser can be clicked.
function hasEventHandlers({ sourceCode, pathInProject }: SourceFile): boolean {
  return /\.[jt]sx?$/u.test(pathInProject) && /\son[A-Z]\w*=\{/u.test(sourceCode.text);
}

function importsForBrowser({ module, node }: ModuleUse): boolean {
  const names = BROWSER_IMPORTS[module];
  if (!names || node.type !== 'ImportDeclaration') return false;
  return node.specifiers.some(
    (specifier) =>
      specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' && names.test(specifier.imported.name),
  );
}

// A runner that gives its functions as globals.
function usesTestGlobals(file: SourceFile): boolean {
  return ['describe', 'expect'].every((name) => globalReferences(file.sourceCode, name).length > 0);
}

function kindOf(file: SourceFile): FileKind {
  const { catalog } = file.settings;
  const isTest = modulesOf(file).some((use) =>
    catalog.frameworksOf(use.module).some((framework) => framework.registrations?.some(({ scope }) => scope === 'test')),
  );
  if (isTest || usesTestGlobals(file) || TEST_PATH.test(file.pathInProject)) return 'test';
  if (directivesOf(file.ast).includes('use client')) return 'browser';
  if (file.sourceCode.text.startsWith('#!') || SCRIPT_PATH.test(file.pathInProject)) return 'script';
  return 'server';
}
