/** Test files, which the presets leave out, as globs for `ignores`. The same set as the path test of `file-kind.ts`. */
export const TEST_GLOBS: readonly string[] = [
  '**/{__tests__,__mocks__,test,tests,e2e,cypress,playwright,spec,specs}/**',
  '**/*.{test,spec,e2e,e2e-spec,bench,cy,stories}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
];
