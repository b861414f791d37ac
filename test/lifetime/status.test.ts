/** What a condition says of the status: on which side of it the response is one of a failure. */
import { describe, expect, it } from 'vitest';
import { responsesOf } from '../../src/lifetime/responses.js';
import { isErrorExit } from '../../src/lifetime/outcome.js';
import { inspect } from '../support/inspect.js';

/** Lines of the ways out that come after a failure, or `-`. */
function failures(code: string): string {
  return inspect(`export async function f(a) {\n${code}\n}`, (file) => {
    const [acquisition] = responsesOf(file);
    const outcome = acquisition?.evaluation.outcome;
    if (!acquisition || !outcome || !('exits' in outcome)) return outcome?.kind ?? '';
    const lines = outcome.exits.filter((exit) => isErrorExit(file, exit, acquisition)).map(({ node }) => node.loc.start.line);
    return lines.length > 0 ? lines.sort().join() : '-';
  });
}

describe('a condition', () => {
  it.each([
    ['r.ok', '5'],
    ['!r.ok', '4'],
    ['r.ok === a', '4'],
    ['r.status === 200', '5'],
    ['r.status !== 200', '4'],
    ['200 !== r.status', '4'],
    ['r.status === 202', '-'],
    ['r.status === 404', '4'],
    ['r.status != 404', '5'],
    ['r.status >= 400', '4'],
    ['400 <= r.status', '4'],
    ['r.status > 299', '4'],
    ['r.status < 400', '5'],
    ['r.status < 200', '4'],
    ['r.status >= 200', '5'],
    ['r.status >= 200 && r.status < 300', '5'],
    ['r.status < 200 || r.status >= 300', '4'],
    ['!(r.status >= 200 && r.status < 300)', '4'],
    ['!r.ok || a', '-'],
    ['[200, 201].includes(r.status)', '5'],
    ['![200, 201].includes(r.status)', '4'],
    ['new Set([429, 503]).has(r.status)', '4'],
    ['isGood(r.status)', '4'],
    ["r.headers.get('content-type') !== 'text/html'", '4'],
    ["Number(r.headers.get('content-length')) > 100", '-'],
    ['a', '-'],
    ['a.ok', '-'],
  ])('%s', (condition, lines) => {
    expect(failures(`const r = await fetch(a);\nif (${condition})\nreturn 1;\nreturn 2;`)).toBe(lines);
  });

  it('may have a name', () => {
    const named = (condition: string): string =>
      failures(`const r = await fetch(a); const failed = ${condition};\nif (failed)\nreturn 1;\nreturn 2;`);
    expect(named('r.status >= 400')).toBe('4');
    expect(named('!r.ok')).toBe('4');
    expect(named('r.status >= 300 && r.status < 400 && r.status !== 304')).toBe('4');
  });

  it('says nothing of what comes after both sides', () => {
    expect(failures('const r = await fetch(a);\nif (!r.ok) log(r.status);\nreturn 1;')).toBe('-');
    expect(failures('const r = await fetch(a);\nif (isGood(r)) log(r.status);\nreturn 1;')).toBe('escapes');
    expect(failures('const r = await fetch(a);\nif (isGood(r.status)) log(r.status);\nreturn 1;')).toBe('-');
  });
});

describe('a way out', () => {
  it.each([
    ['a throw', 'const r = await fetch(a);\nif (a.x)\nthrow new Error();\nreturn r.text();', '4'],
    [
      'a throw for the size',
      "const r = await fetch(a);\nif (r.headers.get('content-length') > 9)\nthrow a;\nreturn r.text();",
      '-',
    ],
    [
      'a throw for the size, by name',
      "const r = await fetch(a); const size = Number(r.headers.get('content-length'));\nif (size > 9)\nthrow a;\nreturn r.text();",
      '-',
    ],
    ['in a catch', 'const r = await fetch(a);\ntry { g(); if (!r.ok) throw a; await r.text(); } catch {\nreturn 1;\n}', '4'],
    [
      'a case',
      'const r = await fetch(a);\nswitch (r.status) { case 200: return r.text(); case 404:\nreturn 1;\ndefault:\nreturn 2; }',
      '4,6',
    ],
    ['a good case', 'const r = await fetch(a);\nswitch (r.status) { case 201:\nreturn 1;\ndefault:\nreturn 2; }', '6'],
    ['a conditional expression', 'const r = await fetch(a);\nreturn r.ok ? r.json() : null;', '3'],
    ['the end of the function', 'const r = await fetch(a);\nif (r.ok)\nawait r.text();', '3'],
  ])('%s', (_, code, lines) => {
    expect(failures(code)).toBe(lines);
  });
});
