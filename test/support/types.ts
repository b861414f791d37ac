/** Type-checks pieces of code against the real declarations of the libraries. */
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../..');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  allowJs: true,
  checkJs: false,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
  strict: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/**
 * The type errors of pieces of code, each a file of its own, checked in one program.
 *
 * @param files Code by an imaginary file name (`a.ts`).
 * @returns Messages by file name; a file without errors has none.
 */
export function typeErrors(files: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const sources = new Map(Object.entries(files).map(([name, code]) => [path.join(ROOT, '.type-check', name), { name, code }]));
  const host = ts.createCompilerHost(OPTIONS);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const own = sources.get(file);
    return own ? ts.createSourceFile(file, own.code, ...[rest[0]]) : getSourceFile(file, ...rest);
  };
  host.getCurrentDirectory = () => ROOT;
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  const errors = new Map<string, string[]>();
  for (const [file, { name }] of sources) {
    const source = program.getSourceFile(file);
    const found = source ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] : [];
    if (found.length > 0)
      errors.set(
        name,
        found.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')),
      );
  }
  return errors;
}
