/** Which values an expression is seen to have, and what an option is found to be. */
import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { lookUpArgument } from '../../src/options/lookup.js';
import { unusualKind, valuesOf, type Value } from '../../src/options/values.js';
import { SourceFile, type RuleContextLike } from '../../src/resolve/source-file.js';

type Call = Parameters<typeof lookUpArgument>[1];

/** Runs `ask` on the call of `HERE` in a piece of code. */
function atHere<T>(code: string, ask: (file: SourceFile, call: Call) => T): T {
  let answer: { readonly value: T } | null = null;
  const here = {
    create: (context: unknown) => ({
      'CallExpression[callee.property.name="HERE"]': (node: unknown) => {
        answer = { value: ask(new SourceFile(context as RuleContextLike), node as Call) };
      },
    }),
  };
  const messages = new Linter().verify(
    code.replaceAll('HERE(', 'host.HERE('),
    [{ files: ['**/*.ts'], languageOptions: { parser }, plugins: { t: { rules: { here } } }, rules: { 't/here': 'error' } }],
    { filename: 'src/a.ts' },
  );
  expect(messages).toEqual([]);
  const found = answer as { readonly value: T } | null;
  if (!found) throw new Error('no HERE in the code');
  return found.value;
}

const valuesAt = (code: string): readonly string[] =>
  atHere(code, (file, { arguments: [argument] }) =>
    valuesOf(file, argument as never).map(({ value, when }) =>
      when === 'always' ? String(value) : `${String(value)} ${when}`,
    ),
  );

describe('values', () => {
  it.each([
    ['HERE(5)', ['5']],
    ["HERE('5')", ['5']],
    ['HERE(-1)', ['-1']],
    ['HERE(+"3")', ['3']],
    ['HERE(30 * 1000)', ['30000']],
    ['HERE(2 ** 3 - 1)', ['7']],
    ['HERE(null)', ['null']],
    ['HERE(undefined)', ['undefined']],
    ['HERE(void 0)', ['undefined']],
    ['HERE(Infinity)', ['Infinity']],
    ['HERE(Number.POSITIVE_INFINITY)', ['Infinity']],
    ['HERE(NaN)', ['NaN']],
    ['HERE(0 as number)', ['0']],
    ['HERE(0!)', ['0']],
    ['HERE(0 satisfies number)', ['0']],
    ['const max = 0; HERE(max)', ['0']],
    ['const a = 0; const b = a; HERE(b)', ['0']],
    ['let max = 0; max = 5; HERE(max)', []],
    ['HERE(process.env.MAX)', []],
    ['HERE(process.env.MAX ?? 0)', ['0 fallback']],
    ['HERE(Number(process.env.MAX ?? 0))', ['0 fallback']],
    ["HERE(Number(process.env.MAX || '0'))", ['0 fallback']],
    ["HERE(parseInt(process.env.MAX ?? '7', 10))", ['7 fallback']],
    ["HERE(Number.parseFloat('1.5'))", ['1.5']],
    ['HERE(+(process.env.MAX ?? 4))', ['4 fallback']],
    ['HERE(5 ?? 0)', ['5']],
    ['HERE(0 || 3)', ['3 fallback']],
    ['HERE(big ? 10 : 0)', ['10 branch', '0 branch']],
    ['const n = big ? 0 : 5; HERE(n)', ['0 branch', '5 branch']],
    ['HERE(a && 0)', []],
    ['HERE(f(0))', []],
    ['function Number(x) { return 5; } HERE(Number(0))', []],
    ['function f(max = 0) { HERE(max); }', []],
    ['const { max } = options; HERE(max)', []],
    ['HERE(big * 0)', []],
  ])('%s', (code, expected) => {
    expect(valuesAt(code)).toEqual(expected);
  });
});

describe('kinds of values', () => {
  it.each<[Value, string | null]>([
    [5, null],
    [0, 'zero'],
    [-0, 'zero'],
    [-3, 'negative'],
    [Number.NEGATIVE_INFINITY, 'negative'],
    [2.5, 'float'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'infinity'],
    [null, 'null'],
    [undefined, 'undefined'],
    [false, 'false'],
    [true, null],
    ['', 'empty'],
    ['3', 'text'],
    ['30s', null],
  ])('%s', (value, kind) => {
    expect(unusualKind(value)).toBe(kind);
  });
});

const optionAt = (code: string, positions: readonly number[], ...names: readonly string[]): string =>
  atHere(code, (file, call) => {
    const found = lookUpArgument(file, call, positions, names);
    if (found.found === 'yes') return file.sourceCode.getText(found.value);
    return found.found === 'no' ? `no ${found.object ? 'in an object' : 'object'}: ${found.rest}` : 'unknown';
  });

describe('options', () => {
  it.each([
    ['HERE({ max: 1 })', [0], 'max', '1'],
    ['HERE({ "max": 1 })', [0], 'max', '1'],
    ['const max = 3; HERE({ max })', [0], 'max', 'max'],
    ['HERE({ pool: { max: 1 } })', [0], 'pool.max', '1'],
    ['HERE({ pool: {} })', [0], 'pool.max', 'no in an object: max'],
    ['HERE({})', [0], 'pool.max', 'no in an object: pool.max'],
    ['HERE()', [0], 'max', 'no object: max'],
    ['HERE(undefined)', [0], 'max', 'no object: max'],
    ['const o = { max: 1 }; HERE(o)', [0], 'max', '1'],
    ['const o = { max: 1 } as const; HERE(o)', [0], 'max', '1'],
    ['const o = Object.freeze({ max: 1 }); HERE(o)', [0], 'max', '1'],
    ['const p = { max: 1 }; const o = { ...p, min: 0 }; HERE(o)', [0], 'max', '1'],
    ['const p = { max: 1 }; HERE({ pool: p })', [0], 'pool.max', '1'],
    ['HERE({ max: 1, ...rest })', [0], 'max', 'unknown'],
    ['HERE({ ...rest, max: 1 })', [0], 'max', '1'],
    ['HERE({ ...rest })', [0], 'max', 'unknown'],
    ['HERE({ ...(dev && { max: 1 }) })', [0], 'max', 'unknown'],
    ['HERE({ [name]: 1 })', [0], 'max', 'unknown'],
    ['HERE(options)', [0], 'max', 'unknown'],
    ['HERE(...args)', [0], 'max', 'unknown'],
    ['let o = { max: 1 }; o = {}; HERE(o)', [0], 'max', 'unknown'],
    ['const o = {}; o.max = 5; HERE(o)', [0], 'max', 'unknown'],
    ['const o = { pool: {} }; o.pool.max = 5; HERE(o)', [0], 'pool.max', 'unknown'],
    ['const o = { max: 1 }; delete o.max; HERE(o)', [0], 'max', 'unknown'],
    ['const o = {}; Object.assign(o, given); HERE(o)', [0], 'max', 'unknown'],
    ['const o = {}; complete(o); HERE(o)', [0], 'max', 'unknown'],
    ["HERE('http://x', { timeout: 1 })", [0, 1], 'timeout', '1'],
    ['HERE({ timeout: 1 })', [0, 1], 'timeout', '1'],
    ["HERE('http://x')", [0, 1], 'timeout', 'no object: timeout'],
    ['HERE(url)', [0, 1], 'timeout', 'unknown'],
    ['HERE(url, { timeout: 1 })', [0, 1], 'timeout', '1'],
    ['HERE(url, {})', [0, 1], 'timeout', 'no in an object: timeout'],
    ["HERE('x', (res) => res.resume())", [0, 1], 'timeout', 'no object: timeout'],
    ['HERE(1, 2, { max: 3 })', [-1], 'max', '3'],
  ] as const)('%s %j %s', (code, positions, name, expected) => {
    expect(optionAt(code, positions, name)).toBe(expected);
  });

  it('reads the first name that is given', () => {
    expect(optionAt('HERE({ poolSize: 2 })', [0], 'max', 'poolSize')).toBe('2');
  });
});
