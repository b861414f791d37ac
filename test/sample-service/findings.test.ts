import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPECTED_FINDINGS, type ExpectedFinding } from './expected-findings.js';
import { copySample, lintSample, SAMPLE, type Finding, type LintRun, type SampleCopy } from './support/sample.js';

function withoutReason(expected: ExpectedFinding): Finding {
  const finding: { -readonly [Key in keyof ExpectedFinding]: ExpectedFinding[Key] } = { ...expected };
  delete finding.stays;
  delete finding.after;
  return finding;
}

/** The type errors of the service in a folder, under its own configuration. */
function typeErrors(folder: string): string[] {
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')) as {
    config: unknown;
  };
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  expect(fileNames.length).toBeGreaterThan(0);
  return [...errors, ...ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options))].map(
    ({ file, messageText }) =>
      `${path.relative(folder, file?.fileName ?? folder)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}

function sourcesOf(folder: string): Record<string, string> {
  const files = readdirSync(path.join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.split(path.sep).join('/')}`);
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

describe('the sample service as it is', () => {
  it('has exactly the findings it was written to have', async () => {
    const { code, findings } = await lintSample(SAMPLE);
    expect(findings).toEqual(EXPECTED_FINDINGS.map(withoutReason));
    expect(code).toBe(1);
  });

  it('type-checks', () => {
    expect(typeErrors(SAMPLE)).toEqual([]);
  });
});

describe('the sample service after --fix-all', () => {
  let copy: SampleCopy;
  let repaired: LintRun;
  let sources: Record<string, string>;
  const original = sourcesOf(SAMPLE);
  const left = EXPECTED_FINDINGS.filter(({ stays }) => stays !== undefined).map((expected) =>
    withoutReason({ ...expected, code: expected.after ?? expected.code }),
  );

  beforeAll(async () => {
    copy = copySample();
    repaired = await lintSample(copy.folder, '--fix-all');
    sources = sourcesOf(copy.folder);
  });
  afterAll(() => {
    copy.remove();
  });

  it('keeps only what no edit can mend', async () => {
    expect(repaired.findings).toEqual(left);
    expect((await lintSample(copy.folder)).findings).toEqual(left);
  });

  it('differs in the files with findings only', () => {
    const changed = Object.keys(sources).filter((file) => sources[file] !== original[file]);
    const mended = EXPECTED_FINDINGS.filter(({ stays }) => stays === undefined).map(({ file }) => file);
    expect(new Set(changed)).toEqual(new Set(mended));
  });

  it('is not changed by a second run', async () => {
    await lintSample(copy.folder, '--fix-all');
    expect(sourcesOf(copy.folder)).toEqual(sources);
  });

  it('type-checks', () => {
    expect(typeErrors(copy.folder)).toEqual([]);
  });
});
