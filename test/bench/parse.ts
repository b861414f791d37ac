/** From text to what ESLint's rules see, outside of any clock. */
import * as parser from '@typescript-eslint/parser';
import { SourceCode, type AST, type Scope } from 'eslint';

/** A text and where it stands. */
export interface Source {
  /** Path below an imaginary project, so that the folders of an installed package say nothing about the file. */
  readonly path: string;
  readonly text: string;
}

function isModule({ path, text }: Source): boolean {
  if (/\.c[jt]s$/u.test(path)) return false;
  return !path.endsWith('.js') || /^\s*(?:import\b(?!\()|export\b)/mu.test(text);
}

/**
 * A fresh tree. Analyses are remembered per tree, so that a measurement on a used one would measure nothing.
 *
 * @throws SyntaxError and its like for text that does not parse.
 */
export function parse(source: Source): SourceCode {
  const module = isModule(source);
  const { ast, scopeManager, services, visitorKeys } = parser.parseForESLint(source.text, {
    // For the scope analysis, CommonJS is a script in a function of its own.
    sourceType: module ? 'module' : 'script',
    ecmaFeatures: { jsx: !/\.[cm]?ts$/u.test(source.path), globalReturn: !module },
    filePath: source.path,
    loc: true,
    range: true,
    comment: true,
    tokens: true,
    jsDocParsingMode: 'none',
    suppressDeprecatedPropertyWarnings: true,
  });
  return new SourceCode({
    text: source.text,
    ast: ast as AST.Program,
    scopeManager: scopeManager as unknown as Scope.ScopeManager,
    visitorKeys: visitorKeys as SourceCode.VisitorKeys,
    parserServices: services,
  });
}
