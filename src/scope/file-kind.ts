import { directivesOf } from '../ast/directives.js';
import { modulesOf } from '../resolve/imports.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';

/** What a whole file is: `server` is anything that is not known to be something else. */
export type FileKind = 'browser' | 'script' | 'server' | 'test';

// Globs of section 4 of the request-scope facts, as patterns over the path with forward slashes.
const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|cypress|playwright|specs?)\/|\.(?:test|spec|e2e|e2e-spec|bench|cy|stories)\.[cm]?[jt]sx?$/u;
const SCRIPT_PATH =
  /(?:^|\/)(?:scripts?|bin|tools?|cli|migrations?|seeds?|seeders?)\/|(?:^|\/)(?:knexfile|ormconfig|seed|[\w.-]+\.config)(?:\.[\w-]+)?\.[cm]?[jt]s$/u;

/** Test files, which the presets leave out, as globs for `ignores`. The same set as the path test above. */
export const TEST_GLOBS: readonly string[] = [
  '**/{__tests__,__mocks__,test,tests,e2e,cypress,playwright,spec,specs}/**',
  '**/*.{test,spec,e2e,e2e-spec,bench,cy,stories}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
];

const kinds = perFile((file: SourceFile) => ({ kind: kindOf(file) }));

/** What the file is, from its imports, its directives and its path below the project. */
export function fileKindOf(file: SourceFile): FileKind {
  return kinds(file).kind;
}

function kindOf(file: SourceFile): FileKind {
  const { catalog } = file.settings;
  const isTest = modulesOf(file).some((use) =>
    catalog.frameworksOf(use.module).some((framework) => framework.registrations?.some(({ scope }) => scope === 'test')),
  );
  if (isTest || TEST_PATH.test(file.pathInProject)) return 'test';
  if (directivesOf(file.ast).includes('use client')) return 'browser';
  if (file.sourceCode.text.startsWith('#!') || SCRIPT_PATH.test(file.pathInProject)) return 'script';
  return 'server';
}
