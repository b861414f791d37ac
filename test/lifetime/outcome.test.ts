/** What becomes of a value: snippet → outcome. `take()` stands for the checkout, `ask()` for the request. */
import { describe, expect, it } from 'vitest';
import type { Acquisition } from '../../src/lifetime/acquiring.js';
import { acquisitionsOf } from '../../src/lifetime/acquisitions.js';
import { responsesOf } from '../../src/lifetime/responses.js';
import { inspect } from '../support/inspect.js';

type Row = readonly [title: string, code: string, outcome: string];

function outcomeOf({ evaluation }: Acquisition): string {
  const { outcome } = evaluation;
  if (outcome.kind === 'escapes') return `escapes(${outcome.how})`;
  if (!('exits' in outcome)) return outcome.kind;
  return `${outcome.kind}(${[...new Set(outcome.exits.map(({ kind }) => kind))].join(', ')})`;
}

function checkout(code: string): string[] {
  const file = `import { Pool } from 'pg'; import { use, other } from './elsewhere'; const pool = new Pool();\n${code.replaceAll('take()', 'pool.connect()')}`;
  return inspect(file, (source) => acquisitionsOf(source).map(outcomeOf));
}

function response(code: string): string[] {
  const file = `import { request } from 'undici'; import { use } from './elsewhere';\n${code.replaceAll('ask()', "request('http://x')").replaceAll('get()', "fetch('http://x')")}`;
  return inspect(file, (source) => responsesOf(source).map(outcomeOf));
}

const body = (code: string): string => `export async function f(a, b) { ${code} }`;

const SEQUENCE: readonly Row[] = [
  ['released at once', body('const c = await take(); c.release();'), 'always'],
  ['released after a query', body('const c = await take(); await c.query(1); c.release();'), 'unless-throws(exception)'],
  ['a call in between', body('const c = await take(); prepare(); c.release();'), 'unless-throws(exception)'],
  ['an await in between', body('const c = await take(); await b; c.release();'), 'unless-throws(exception)'],
  ['pure syntax in between', body('const c = await take(); const n = a + 1; c.release(); return n;'), 'always'],
  ['a log in between', body("const c = await take(); console.log('x'); logger.debug('y'); c.release();"), 'always'],
  ['a property of something in between', body('const c = await take(); const n = a.name; c.release(); return n;'), 'always'],
  [
    'an element of something that may be empty',
    body('const c = await take(); const n = a[0].name; c.release(); return n;'),
    'unless-throws(exception)',
  ],
  ['an element, optional', body('const c = await take(); const n = a[0]?.name; c.release(); return n;'), 'always'],
  ['never', body('const c = await take(); await c.query(1);'), 'never(end)'],
  ['never, with a result', body('const c = await take(); return c.query(1);'), 'never(return)'],
  ['result thrown away', body('await take();'), 'never(end)'],
  ['promise thrown away', body('take();'), 'never(end)'],
  ['method on the spot', body('return (await take()).query(1);'), 'never(return)'],
  ['release of another', body('const c = await take(); const d = await other(); await c.query(1); d.release();'), 'never(end)'],
  ['read but not called', body('const c = await take(); await c.query(1); c.release;'), 'never(end)'],
  ['a reference that is not a call', body('const c = await take(); a.push(c.release); await c.query(1);'), 'never(end)'],
  ['an error passed', body('const c = await take(); c.release(new Error("x"));'), 'always'],
  ['through a cast', body('const c = (await take()) as any; (c as any).release();'), 'always'],
  ['optional call', body('const c = await take(); c?.release();'), 'always'],
  ['optional method', body('const c = await take(); c.release?.();'), 'always'],
  ['another name', body('const c = await take(); const d = c; d.release();'), 'always'],
  ['destructured release', body('const c = await take(); const { release } = c; release();'), 'always'],
  ['destructured at once', body('const { query, release } = await take(); release();'), 'always'],
  ['promise in a variable', body('const p = take(); const c = await p; c.release();'), 'always'],
  ['assigned later', body('let c; c = await take(); c.release();'), 'always'],
  ['overwritten', body('let c = await take(); c = await other(); c.release();'), 'some-paths(overwritten)'],
  ['set to null after', body('let c = await take(); c.release(); c = null;'), 'always'],
];

const BRANCHES: readonly Row[] = [
  ['one branch returns', body('const c = await take(); if (a) return 1; c.release();'), 'some-paths(return)'],
  ['one branch throws', body('const c = await take(); if (a) throw new Error(); c.release();'), 'some-paths(throw)'],
  ['both branches', body('const c = await take(); if (a) c.release(); else c.release(true);'), 'always'],
  ['one branch only', body('const c = await take(); if (a) c.release();'), 'some-paths(end)'],
  ['guard on the value', body('const c = await take(); if (!c) return; c.release();'), 'always'],
  ['guard on the value, negated', body('const c = await take(); if (c) { c.release(); }'), 'always'],
  ['guard with null', body('const c = await take(); if (c === null) return; c.release();'), 'always'],
  ['guard with undefined', body('const c = await take(); if (c !== undefined) c.release();'), 'always'],
  ['guard with and', body('const c = await take(); if (c && a) { c.release(); return; } c?.release();'), 'always'],
  ['and expression', body('const c = await take(); c && c.release();'), 'always'],
  ['and expression with something else', body('const c = await take(); a && c.release();'), 'some-paths(end)'],
  ['conditional expression', body('const c = await take(); a ? c.release() : c.release(true);'), 'always'],
  ['conditional expression, one arm', body('const c = await take(); a ? c.release() : null;'), 'some-paths(end)'],
  [
    'switch with a default',
    body('const c = await take(); switch (a) { case 1: c.release(); break; default: c.release(); }'),
    'always',
  ],
  [
    'switch without a default',
    body('const c = await take(); switch (a) { case 1: c.release(); break; case 2: c.release(); }'),
    'some-paths(end)',
  ],
  [
    'switch that falls through',
    body('const c = await take(); switch (a) { case 1: case 2: c.release(); break; default: c.release(); }'),
    'always',
  ],
  [
    'switch that returns',
    body('const c = await take(); switch (a) { case 1: return; default: } c.release();'),
    'some-paths(return)',
  ],
  ['taken on a condition', body('let c; if (a) { c = await take(); } if (c) c.release();'), 'always'],
  ['taken on a condition, released on the same', body('const c = a ? await take() : b; if (a) c.release();'), 'always'],
  ['taken when none was given', body('const c = a ?? (await take()); if (!a) c.release();'), 'always'],
  [
    'a flag of its own',
    body(
      'let done = false; const c = await take(); try { await c.query(1); c.release(); done = true; } finally { if (!done) c.release(); }',
    ),
    'always',
  ],
  [
    'a condition on the connection itself',
    body('const c = await take(); try { await c.query(1); } finally { if (c.connected) c.release(); }'),
    'always',
  ],
  ['ends the process', body('const c = await take(); if (a) process.exit(1); c.release();'), 'always'],
];

const LOOPS: readonly Row[] = [
  ['in a loop', body('for (const x of a) { const c = await take(); c.release(); }'), 'always'],
  [
    'in a loop, continue',
    body('for (const x of a) { const c = await take(); if (x) continue; c.release(); }'),
    'some-paths(overwritten, end)',
  ],
  ['in a loop, break', body('for (const x of a) { const c = await take(); if (x) break; c.release(); }'), 'some-paths(end)'],
  ['break after', body('for (const x of a) { const c = await take(); c.release(); if (x) break; }'), 'always'],
  [
    'labelled continue',
    body('outer: for (const x of a) { for (const y of x) { const c = await take(); if (y) continue outer; c.release(); } }'),
    'some-paths(overwritten, end)',
  ],
  ['released in a loop that may not run', body('const c = await take(); for (const x of a) c.release();'), 'some-paths(end)'],
  ['released in a loop that runs', body('const c = await take(); do { c.release(); } while (a);'), 'always'],
  ['endless loop with break', body('const c = await take(); while (true) { if (a) break; } c.release();'), 'always'],
  ['endless loop', body('const c = await take(); for (;;) { if (a) { c.release(); return; } }'), 'always'],
  [
    'queries in a loop',
    body('const c = await take(); try { for (const x of a) await c.query(x); } finally { c.release(); }'),
    'always',
  ],
  ['for in', body('const c = await take(); for (const k in a) { if (k) return; } c.release();'), 'some-paths(return)'],
  ['labelled block', body('const c = await take(); out: { if (a) break out; } c.release();'), 'always'],
];

const TRY: readonly Row[] = [
  ['finally', body('const c = await take(); try { await c.query(1); } finally { c.release(); }'), 'always'],
  [
    'finally with a return',
    body('const c = await take(); try { return await c.query(1); } finally { c.release(); }'),
    'always',
  ],
  [
    'finally with catch',
    body('const c = await take(); try { await c.query(1); } catch (e) { throw e; } finally { c.release(); }'),
    'always',
  ],
  [
    'statement before try',
    body('const c = await take(); await prepare(); try { await c.query(1); } finally { c.release(); }'),
    'unless-throws(exception)',
  ],
  [
    'harmless statement before try',
    body('const c = await take(); const now = Date.now(); try { await c.query(now); } finally { c.release(); }'),
    'always',
  ],
  [
    'release in try only',
    body('const c = await take(); try { await c.query(1); c.release(); } catch (e) { report(e); }'),
    'some-paths(end)',
  ],
  [
    'release in catch only',
    body('const c = await take(); try { await c.query(1); } catch (e) { c.release(); throw e; }'),
    'some-paths(end)',
  ],
  [
    'release in try and catch',
    body('const c = await take(); try { await c.query(1); c.release(); } catch (e) { c.release(); }'),
    'always',
  ],
  [
    'release after try and catch',
    body('const c = await take(); try { await c.query(1); } catch (e) { console.error(e); } c.release();'),
    'always',
  ],
  [
    'release after a catch that returns',
    body('const c = await take(); try { await c.query(1); } catch (e) { return null; } c.release();'),
    'some-paths(return)',
  ],
  [
    'release after a catch that throws',
    body('const c = await take(); try { await c.query(1); } catch (e) { throw e; } c.release();'),
    'some-paths(throw)',
  ],
  [
    'rollback that fails',
    body('const c = await take(); try { await c.query(1); c.release(); } catch (e) { await c.query("x"); c.release(); }'),
    'unless-throws(exception)',
  ],
  [
    'taken in try, released in finally with a check',
    body('let c; try { c = await take(); await c.query(1); } finally { if (c) c.release(); }'),
    'always',
  ],
  [
    'taken in try, released in finally with ?.',
    body('let c; try { c = await take(); await c.query(1); } finally { c?.release(); }'),
    'always',
  ],
  [
    'taken in try, null at first',
    body('let c = null; try { c = await take(); } finally { if (c !== null) c.release(); }'),
    'always',
  ],
  [
    'nested try',
    body('const c = await take(); try { try { await c.query(1); } catch { await c.query(2); } } finally { c.release(); }'),
    'always',
  ],
  ['finally that returns', body('const c = await take(); try { await c.query(1); } finally { return; }'), 'never(return)'],
  [
    'finally that throws before',
    body('const c = await take(); try { await c.query(1); } finally { if (a) throw b; c.release(); }'),
    'some-paths(throw)',
  ],
  [
    'finally on a condition',
    body('const c = await take(); try { await c.query(1); } finally { if (a) c.release(); }'),
    'some-paths(end)',
  ],
  [
    'the other connection in finally',
    body('const c = await take(); const d = other(); try { await c.query(1); } finally { d.release(); }'),
    'never(end)',
  ],
  ['catch without binding', body('const c = await take(); try { await c.query(1); } catch { } c.release();'), 'always'],
  ['break through finally', body('for (;;) { const c = await take(); try { break; } finally { c.release(); } }'), 'always'],
  ['async disposal symbol', body('const c = await take(); try { await c.query(1); } finally { await c.end(); }'), 'never(end)'],
];

const ESCAPES: readonly Row[] = [
  ['returned', body('return take();'), 'escapes(returned)'],
  ['returned after a query', body('const c = await take(); await c.query(1); return c;'), 'escapes(returned)'],
  ['arrow that returns it', 'export const f = () => take();', 'escapes(returned)'],
  ['yielded', 'export async function* f() { yield await take(); }', 'escapes(returned)'],
  ['returned in an object', body('const c = await take(); return { client: c, time: 1 };'), 'escapes(stored)'],
  ['returned in an array', body('const c = await take(); return [c, 1];'), 'escapes(stored)'],
  ['stored on an object', body('a.client = await take();'), 'escapes(stored)'],
  ['stored on this', 'export class Db { async open() { this.client = await take(); } }', 'escapes(stored)'],
  ['stored in a variable around', 'let c; export async function f() { c = await take(); }', 'escapes(stored)'],
  ['pushed to a list', body('const c = await take(); a.push(c);'), 'escapes(stored)'],
  ['passed to unseen code', body('const c = await take(); await use(c);'), 'escapes(passed)'],
  ['passed to a constructor', body('const c = await take(); return new Repo(c);'), 'escapes(returned)'],
  ['passed and given back', body('const c = await take(); try { await use(c); } finally { c.release(); }'), 'always'],
  [
    'passed and given back when nothing fails',
    body('const c = await take(); await use(c); c.release();'),
    'unless-throws(exception)',
  ],
  [
    'wrapped and returned, given back on failure',
    body('const c = await take(); try { await c.query(1); return new Unit(c); } catch (e) { c.release(true); throw e; }'),
    'always',
  ],
  [
    'wrapped in a variable and returned',
    body(
      'const c = await take(); const unit = new Unit(c); try { await unit.begin(); return unit; } catch (e) { c.release(); throw e; }',
    ),
    'always',
  ],
  ['wrapped and stored', body('const c = await take(); this.unit = new Unit(c); if (a) c.release();'), 'escapes(stored)'],
  ['captured and handed out', body('const c = await take(); return () => c.release();'), 'escapes(captured)'],
  ['captured by unseen code', body('const c = await take(); defer(() => c.release()); await c.query(1);'), 'escapes(captured)'],
  [
    'captured for use only',
    body('const c = await take(); try { return await retry(() => c.query(1)); } finally { c.release(); }'),
    'always',
  ],
  ['captured for use, nobody gives back', body('const c = await take(); schedule(() => c.query(1));'), 'escapes(captured)'],
  ['thrown', body('const c = await take(); throw c;'), 'escapes(passed)'],
  ['returned on one path', body('const c = await take(); if (a) return c; c.release(); return null;'), 'always'],
  [
    'listens for the life of the process',
    body('const c = await take(); c.on("notification", a); await c.query("LISTEN x");'),
    'escapes(captured)',
  ],
];

const HELPERS: readonly Row[] = [
  ['helper that gives back', `function give(c) { c.release(); } ${body('const c = await take(); give(c);')}`, 'always'],
  ['arrow helper that gives back', `const give = (c) => c.release(); ${body('const c = await take(); give(c);')}`, 'always'],
  [
    'helper in finally',
    `function give(c) { c.release(); } ${body('const c = await take(); try { await c.query(1); } finally { give(c); }')}`,
    'always',
  ],
  [
    'helper behind a helper',
    `function give(c) { c.release(); } function end(c) { give(c); } ${body('const c = await take(); end(c);')}`,
    'always',
  ],
  [
    'helper that only uses it',
    `async function load(c) { return c.query(1); } ${body('const c = await take(); await load(c);')}`,
    'never(end)',
  ],
  [
    'helper that only uses it, and finally',
    `async function load(c) { return c.query(1); } ${body('const c = await take(); try { return await load(c); } finally { c.release(); }')}`,
    'always',
  ],
  [
    'helper that passes it on',
    `async function load(c) { return use(c); } ${body('const c = await take(); await load(c);')}`,
    'escapes(passed)',
  ],
  [
    'method of the class',
    'export class A { give(c) { c.release(); } async f() { const c = await take(); this.give(c); } }',
    'always',
  ],
  [
    'cleanup in the function',
    body('const c = await take(); const end = () => c.release(); await c.query(1).catch(end); end();'),
    'always',
  ],
  [
    'cleanup function called in finally',
    body('const c = await take(); function end() { c.release(); } try { await c.query(1); } finally { end(); }'),
    'always',
  ],
  ['cleanup never called', body('const c = await take(); const end = () => c.release(); await c.query(1);'), 'some-paths(end)'],
  [
    'wrapper that takes a callback',
    'export async function withClient(fn) { const c = await take(); try { return await fn(c); } finally { c.release(); } }',
    'always',
  ],
  [
    'wrapper that takes a callback and forgets',
    'export async function withClient(fn) { const c = await take(); const r = await fn(c); c.release(); return r; }',
    'unless-throws(exception)',
  ],
  [
    'recursion',
    `function give(c, n) { if (n) return give(c, n - 1); c.release(); } ${body('const c = await take(); give(c, 2);')}`,
    'always',
  ],
];

const CALLBACKS: readonly Row[] = [
  ['callback', 'pool.connect((err, c, done) => { if (err) return; c.query(1, () => { c.release(); }); });', 'always'],
  ['callback, done', 'pool.connect((err, c, done) => { if (err) throw err; done(); });', 'always'],
  [
    'callback, done later',
    'pool.connect((err, c, done) => { if (err) return console.error(err); c.query(1, (e, r) => { done(); }); });',
    'always',
  ],
  [
    'callback, done on success only',
    'pool.connect((err, c, done) => { if (err) return; c.query(1, (e, r) => { if (e) return; done(); }); });',
    'some-paths(return)',
  ],
  ['callback, never', 'pool.connect((err, c, done) => { c.query(1, () => {}); });', 'never(end)'],
  [
    'callback, error branch forgets nothing',
    'pool.connect((err, c) => { if (err) { report(err); return; } c.release(); });',
    'always',
  ],
  ['callback by name', 'function on(err, c, done) { if (err) return; done(); } pool.connect(on);', 'always'],
  [
    'promise executor',
    'export function f() { return new Promise((resolve, reject) => { pool.connect((err, c, done) => { if (err) return reject(err); c.query(1, (e, r) => { done(); if (e) return reject(e); resolve(r); }); }); }); }',
    'always',
  ],
  [
    'executor around the query',
    body(
      'const c = await take(); return new Promise((ok, no) => c.query(1, (e, r) => { c.release(); if (e) no(e); else ok(r); }));',
    ),
    'always',
  ],
  [
    'executor that forgets on error',
    body(
      'const c = await take(); return new Promise((ok, no) => c.query(1, (e, r) => { if (e) return no(e); c.release(); ok(r); }));',
    ),
    'some-paths(return)',
  ],
];

const PROMISES: readonly Row[] = [
  ['then with finally', 'export const f = () => take().then((c) => c.query(1).finally(() => c.release()));', 'always'],
  [
    'then, both arms',
    'export const f = () => take().then((c) => c.query(1).then((r) => { c.release(); return r; }, (e) => { c.release(); throw e; }));',
    'always',
  ],
  [
    'then and catch',
    'export const f = () => take().then((c) => c.query(1).then((r) => { c.release(); return r; }).catch((e) => { c.release(); throw e; }));',
    'always',
  ],
  [
    'then without catch',
    'export const f = () => take().then((c) => c.query(1).then((r) => { c.release(); return r; }));',
    'unless-throws(exception)',
  ],
  [
    'then with an async function',
    'export const f = () => take().then(async (c) => { try { return await c.query(1); } finally { c.release(); } });',
    'always',
  ],
  ['then that forgets', 'export const f = () => take().then((c) => c.query(1));', 'never(return)'],
  [
    'finally by reference',
    body('const c = await take(); const end = () => c.release(); return c.query(1).finally(end);'),
    'always',
  ],
  ['bound method', body('const c = await take(); return c.query(1).finally(c.release.bind(c));'), 'always'],
  [
    'across a variable',
    body('const c = await take(); const p = c.query(1); p.finally(() => c.release()); return p;'),
    'always',
  ],
  ['all with a destructuring', body('const [c, d] = await Promise.all([take(), b]); c.release();'), 'unless-throws(exception)'],
  ['all, one forgotten', body('const [c, d] = await Promise.all([take(), b]); d.end();'), 'never(end)'],
  ['timer', body('const c = await take(); setTimeout(() => c.release(), 10);'), 'always'],
];

const FAILURES: readonly Row[] = [
  [
    'waits in between',
    body('const c = await take(); await new Promise((done) => setTimeout(done, a)); c.release();'),
    'always',
  ],
  [
    'a wait that may be refused',
    body('const c = await take(); await new Promise((done, refuse) => b(done, refuse)); c.release();'),
    'unless-throws(exception)',
  ],
  [
    'waits by a helper',
    `const sleep = (ms) => new Promise((done) => setTimeout(done, ms)); ${body('const c = await take(); await sleep(9); c.release();')}`,
    'always',
  ],
  ['all settled', body('const c = await take(); await Promise.allSettled(a.map((x) => c.query(x))); c.release();'), 'always'],
  [
    'all',
    body('const c = await take(); await Promise.all(a.map((x) => c.query(x))); c.release();'),
    'unless-throws(exception)',
  ],
  ['pure callback over elements', body('const c = await take(); const n = a.map((x) => x.id); c.release(n);'), 'always'],
  [
    'callback over elements that may fail',
    body('const c = await take(); const n = a.map((x) => b(x)); c.release(n);'),
    'unless-throws(exception)',
  ],
  [
    'a helper of the file that cannot fail',
    `const label = (a) => 'x' + a; ${body('const c = await take(); const n = label(a); c.release(n);')}`,
    'always',
  ],
  [
    'a helper of the file that throws',
    `const check = (a) => { if (!a) throw new Error(); }; ${body('const c = await take(); check(a); c.release();')}`,
    'unless-throws(exception)',
  ],
  ['constructs', body('const c = await take(); const n = new Repo(a); c.release(n);'), 'always'],
  ['constructs from a text', body('const c = await take(); const n = new URL(a); c.release(n);'), 'unless-throws(exception)'],
  [
    'closes something else in finally',
    body('const c = await take(); try { await c.query(1); } finally { await a.close(); c.release(); }'),
    'always',
  ],
  [
    'waits for something else in finally',
    body('const c = await take(); try { await c.query(1); } finally { await a.flush(); c.release(); }'),
    'unless-throws(exception)',
  ],
  [
    'handed out, something fails before, caught',
    body('try { const c = await take(); use(); return c; } catch (e) { report(e); throw e; }'),
    'escapes(returned)',
  ],
  [
    'handed out, a written way before',
    body('const c = await take(); if (a) throw new Error(); return c;'),
    'some-paths(throw)',
  ],
  ['callback that fails ends the process', 'pool.connect((err, c, done) => { prepare(); done(); });', 'always'],
  [
    'asynchronous callback that fails',
    'pool.connect(async (err, c, done) => { prepare(); done(); });',
    'unless-throws(exception)',
  ],
];

const HANDED: readonly Row[] = [
  ['in an object', body('const c = await take(); await use({ c });'), 'escapes(passed)'],
  [
    'in an object, and given back',
    body('const c = await take(); try { await use({ c }); } finally { c.release(); }'),
    'always',
  ],
  [
    'in an object, given back on one way',
    body('const c = await take(); await use({ c }); if (a) return; c.release();'),
    'some-paths(return)',
  ],
  ['in an array', body('const c = await take(); await use([c, 1]);'), 'escapes(passed)'],
  ['in an object that is stored', body('const c = await take(); a.push({ c });'), 'escapes(stored)'],
  [
    'in an object to a helper that gives it back',
    `const end = ({ c }) => c.release(); ${body('const c = await take(); end({ c });')}`,
    'always',
  ],
  ['extended and returned', body('const c = await take(); return Object.assign(c, { a });'), 'escapes(returned)'],
  ['to a callback as the last word', body('const c = await take(); if (b) { c.release(); return; } a(null, c);'), 'always'],
  ['to a callback that is waited for', body('const c = await take(); await a(null, c);'), 'never(end)'],
  ['to a function that is called with this', body('const c = await take(); await a.call(this, c);'), 'never(end)'],
  ['used in a function that is waited for', body('const c = await take(); await use(() => c.query(1));'), 'never(end)'],
  ['shown to a function that is waited for', body('const c = await take(); await use(() => other(c));'), 'escapes(captured)'],
  [
    'functions by their names',
    body('const c = await take(); const end = () => c.release(); const run = () => c.query(1); return { run, end };'),
    'escapes(captured)',
  ],
  [
    'to a pipeline of streams',
    `import { pipeline } from 'node:stream'; ${body('const c = await take(); pipeline(c, a, b);')}`,
    'escapes(passed)',
  ],
];

const GUARDS: readonly Row[] = [
  [
    'gives back once',
    body(
      'const c = await take(); let done = false; const end = () => { if (done) return; done = true; c.release(); }; try { await c.query(1); } finally { end(); }',
    ),
    'always',
  ],
  [
    'own by a constant',
    body('const own = !a; const c = a ?? (await take()); try { await c.query(1); } finally { if (own) c.release(); }'),
    'always',
  ],
  [
    'a condition of something else, and returns',
    body('const c = await take(); let found = false; for (const x of b) found = true; if (!found) return; c.release();'),
    'some-paths(return)',
  ],
  ['error alone', body('const c = await take(); c.on("error", () => c.release()); await c.query(1);'), 'some-paths(end)'],
];

const EVENTS: readonly Row[] = [
  ['close', body('const c = await take(); const s = c.query(a); s.on("close", () => c.release());'), 'always'],
  [
    'end and error',
    body('const c = await take(); const s = c.query(a); s.on("end", () => c.release()); s.on("error", () => c.release());'),
    'always',
  ],
  ['end alone', body('const c = await take(); const s = c.query(a); s.on("end", () => c.release());'), 'some-paths(event)'],
  [
    'chained listeners',
    body('const c = await take(); c.query(a).on("end", () => c.release()).on("error", () => c.release());'),
    'always',
  ],
  ['bound release on close', body('const c = await take(); b.on("close", c.release.bind(c));'), 'always'],
];

describe.each([
  ['a sequence', SEQUENCE],
  ['branches', BRANCHES],
  ['loops', LOOPS],
  ['try', TRY],
  ['escapes', ESCAPES],
  ['helpers', HELPERS],
  ['callbacks', CALLBACKS],
  ['promises', PROMISES],
  ['events', EVENTS],
  ['what may fail', FAILURES],
  ['handed on', HANDED],
  ['guards', GUARDS],
])('a connection: %s', (_, rows) => {
  it.each(rows.map(([title, code, outcome]) => ({ title, code, outcome })))('$title', ({ code, outcome }) => {
    expect(checkout(code)).toEqual([outcome]);
  });
});

const TYPEORM = "import { DataSource } from 'typeorm'; import { use } from './elsewhere'; const source = new DataSource({});";
const CURSOR = "import { Client } from 'pg'; import Cursor from 'pg-cursor'; import { use } from './elsewhere';";
const MONGO =
  "import { MongoClient } from 'mongodb'; const db = new MongoClient('x').db('a'); const docs = db.collection('b');";

describe('other things', () => {
  it.each<Row>([
    [
      'not taken before its first use',
      `${TYPEORM} ${body('const r = source.createQueryRunner(); use(); await r.release();')}`,
      'always',
    ],
    [
      'taken by its first use',
      `${TYPEORM} ${body('const r = source.createQueryRunner(); await r.query(1); await use(); await r.release();')}`,
      'unless-throws(exception)',
    ],
    [
      'nothing taken where taking fails',
      `${TYPEORM} ${body('const r = source.createQueryRunner(); await r.connect(); await r.startTransaction(); try { await r.query(1); await r.commitTransaction(); } catch (e) { await r.rollbackTransaction(); } finally { await r.release(); }')}`,
      'always, always',
    ],
    ['never used', `${TYPEORM} ${body('const r = source.createQueryRunner(); return r.data;')}`, 'always'],
    [
      'read once',
      `${CURSOR} export async function f(c: Client) { const d = c.query(new Cursor('x')); return d.read(9); }`,
      'never(return)',
    ],
    [
      'read in a loop',
      `${CURSOR} export async function f(c: Client) { const d = c.query(new Cursor('x')); let rows = await d.read(9); while (rows.length > 0) rows = await d.read(9); }`,
      'always',
    ],
    [
      'read until nothing is left',
      `${CURSOR} export async function f(c: Client) { const d = c.query(new Cursor('x')); for (;;) { const rows = await d.read(9); if (rows.length === 0) return; } }`,
      'always',
    ],
    [
      'cursor that was not opened yet',
      `${MONGO} ${body('const c = docs.find({}); if (a) return []; return c.toArray();')}`,
      'always',
    ],
    ['cursor that may have been small', `${MONGO} ${body('const c = docs.find({}); return c.next();')}`, 'always'],
    [
      'back to a savepoint',
      `import { Pool } from 'pg'; const pool = new Pool(); ${body('const c = await pool.connect(); try { await c.query("BEGIN"); await c.query("x"); await c.query("ROLLBACK TO a"); } finally { c.release(); }')}`,
      'always, never(end)',
    ],
    [
      'one of two statements',
      `import { Pool } from 'pg'; const pool = new Pool(); ${body('const c = await pool.connect(); let ok = false; try { await c.query("BEGIN"); ok = true; } finally { c.query(ok ? "COMMIT" : "ROLLBACK"); c.release(); }')}`,
      'always, always',
    ],
    [
      'a statement that cannot be read',
      `import { Pool } from 'pg'; const pool = new Pool(); ${body('const c = await pool.connect(); try { await c.query("BEGIN"); await c.query(a); } finally { c.release(); }')}`,
      'always',
    ],
    [
      'all in one statement',
      `import { Pool } from 'pg'; const pool = new Pool(); ${body('const c = await pool.connect(); try { await c.query("BEGIN; DELETE FROM x; COMMIT"); } finally { c.release(); }')}`,
      'always',
    ],
    [
      'begun for somebody else',
      `import { Client } from 'pg'; export async function f(c: Client) { await c.query('BEGIN'); }`,
      'escapes(captured)',
    ],
    [
      'a pool that is closed at once',
      `import mysql from 'mysql2/promise'; ${body('const pool = mysql.createPool({}); const c = await pool.getConnection(); c.query(1); await pool.end();')}`,
      'always',
    ],
    [
      'a wrapper that leaves it to its owner',
      `import { Pool } from 'pg'; import { drizzle } from 'drizzle-orm/node-postgres'; const pool = new Pool(); ${body('const c = await pool.connect(); return await drizzle(c).execute(1);')}`,
      'never(return)',
    ],
    [
      'passed as an option of the library',
      `import { Sequelize } from 'sequelize'; import { User } from './user'; const db = new Sequelize('x'); ${body('const transaction = await db.transaction(); await User.create({}, { transaction });')}`,
      'never(end)',
    ],
  ])('%s', (_, code, outcome) => {
    expect(inspect(code, (source) => acquisitionsOf(source).map(outcomeOf)).join(', ')).toBe(outcome);
  });
});

const RESPONSES: readonly Row[] = [
  ['read', body('const r = await ask(); return r.body.json();'), 'always'],
  ['destructured', body('const { body } = await ask(); return body.text();'), 'always'],
  [
    'destructured with the status',
    body('const { statusCode, body } = await ask(); if (statusCode === 200) return body.json(); await body.dump();'),
    'always',
  ],
  ['status only', body('const { statusCode } = await ask(); return statusCode;'), 'never(return)'],
  ['status of the expression', body('return (await ask()).statusCode;'), 'never(return)'],
  ['thrown away', body('await ask();'), 'never(end)'],
  [
    'early throw',
    body('const { statusCode, body } = await ask(); if (statusCode !== 200) throw new Error(); return body.json();'),
    'some-paths(throw)',
  ],
  [
    'early return',
    body('const r = await ask(); if (r.statusCode !== 200) return null; return r.body.json();'),
    'some-paths(return)',
  ],
  [
    'read on error only',
    body('const r = await ask(); if (r.statusCode >= 400) { throw new Error(await r.body.text()); } return true;'),
    'some-paths(return)',
  ],
  ['exceptions do not count', body('const r = await ask(); check(a); return r.body.json();'), 'always'],
  ['no content', body('const r = await ask(); if (r.statusCode === 204) return null; return r.body.json();'), 'always'],
  [
    'no content, in a switch',
    body('const r = await ask(); switch (r.statusCode) { case 204: return null; default: return r.body.json(); }'),
    'always',
  ],
  ['iterated', body('const { body } = await ask(); for await (const chunk of body) { if (a) return; }'), 'always'],
  ['piped', body('const { body } = await ask(); body.pipe(a);'), 'always'],
  ['passed on', body('const { body } = await ask(); use(body);'), 'escapes(passed)'],
  ['response passed on', body('const r = await ask(); return use(r);'), 'escapes(passed)'],
  ['returned', body('return ask();'), 'escapes(returned)'],
  ['data listener', body('const { body } = await ask(); body.on("data", a).on("end", b);'), 'always'],
  ['then', 'export const f = () => ask().then((r) => r.body.json());', 'always'],
  ['then, destructured', 'export const f = () => ask().then(({ body }) => body.json());', 'always'],
  ['then, status', 'export const f = () => ask().then((r) => r.statusCode);', 'never(return)'],
  ['converted to text', body('const r = await ask(); return String(r.body);'), 'never(return)'],
  ['logged', body('const r = await ask(); console.log(r.statusCode);'), 'never(end)'],
  [
    'redirects followed by hand',
    body('let r = await ask(); while (r.statusCode === 302) { r = await request(r.headers.location); } return r.body.text();'),
    'some-paths(overwritten)',
  ],
];

const FETCHES: readonly Row[] = [
  ['read', body('const r = await get(); return r.json();'), 'always'],
  ['read on the spot', body('return (await get()).text();'), 'always'],
  ['ok only', body('const r = await get(); return r.ok;'), 'never(return)'],
  [
    'early throw',
    body('const r = await get(); if (!r.ok) throw new Error(r.statusText); return r.json();'),
    'some-paths(throw)',
  ],
  [
    'cancelled',
    body('const r = await get(); if (!r.ok) { await r.body?.cancel(); throw new Error(); } return r.json();'),
    'always',
  ],
  ['cancelled when there is one', body('const r = await get(); if (r.body) await r.body.cancel();'), 'always'],
  ['clone alone', body('const r = await get(); return r.clone().text();'), 'always'],
  [
    'aborted',
    body(
      'const controller = new AbortController(); const r = await fetch("x", { signal: controller.signal }); controller.abort(); return r.status;',
    ),
    'always',
  ],
  [
    'aborted in finally',
    body(
      'const controller = new AbortController(); try { const r = await fetch("x", { signal: controller.signal }); return r.status; } finally { controller.abort(); }',
    ),
    'always',
  ],
  ['HEAD', body('const r = await fetch("x", { method: "HEAD" }); return r.ok;'), ''],
  ['shadowed', 'import { fetch } from "./mine"; export async function f() { await fetch("x"); }', ''],
  ['catch that gives nothing', body('const r = await get().catch(() => null); if (!r) return; return r.json();'), 'always'],
  [
    'a reader',
    body('const r = await get(); const reader = r.body.getReader(); while (!(await reader.read()).done);'),
    'always',
  ],
  [
    'wrapped in a response',
    body('const r = await get(); return new Response(r.body, { status: r.status });'),
    'escapes(passed)',
  ],
  ['header read', body('const r = await get(); return r.headers.get("etag");'), 'never(return)'],
  ['read through a member nobody can see', body('const r = await get(); return r[a]();'), 'escapes(passed)'],
  [
    'one read of a reader',
    body('const r = await get(); const { value } = await r.body.getReader().read(); return value;'),
    'never(return)',
  ],
  ['a reader let go', body('const r = await get(); const x = r.body.getReader(); x.releaseLock();'), 'never(end)'],
  [
    'a reader cancelled',
    body('const r = await get(); const x = r.body.getReader(); await x.read(); await x.cancel();'),
    'always',
  ],
  ['a reader passed on', body('const r = await get(); use(r.body.getReader());'), 'escapes(passed)'],
  [
    'a reader in a function that calls itself',
    body(
      'const r = await get(); const x = r.body.getReader(); const pump = () => x.read().then((c) => c.done || pump()); await pump();',
    ),
    'always',
  ],
  ['a copy passed on', body('const r = await get(); use(r.clone()); return r.status;'), 'escapes(passed)'],
  ['a copy that is only looked at', body('const r = await get(); return r.clone().status;'), 'never(return)'],
  [
    'length nought',
    body('const r = await get(); if (r.headers.get("Content-Length") === "0") return; return r.json();'),
    'always',
  ],
  [
    'one of several without a body',
    body('const r = await get(); if ([204, 304].includes(r.status)) return; return r.json();'),
    'always',
  ],
  [
    'one of several, with a body among them',
    body('const r = await get(); if ([200, 304].includes(r.status)) return; return r.json();'),
    'some-paths(return)',
  ],
  ['then, a function of the file', `async function read(r) { return r.json(); } ${body('return get().then(read);')}`, 'always'],
  [
    'then, a function of the file that looks',
    `function log(r) { console.log(r.status); } ${body('return get().then(log);')}`,
    'never(return)',
  ],
  ['then, a function of another file', body('return get().then(use);'), 'escapes(passed)'],
  [
    'then, an early throw',
    body('return get().then((r) => { if (!r.ok) throw new Error(); return r.json(); });'),
    'some-paths(throw)',
  ],
  ['then, an early return', body('return get().then((r) => { if (a) return null; return r.json(); });'), 'some-paths(return)'],
  ['then, and again', body('const p = get(); p.then((r) => a(r.status)); return (await p).json();'), 'always'],
  ['a failure that is caught', body('try { const r = await get(); a.send(await r.text()); } catch { a.fail(); }'), 'always'],
  [
    'asked again in an endless loop',
    body('let n = 0; while (true) { const r = await get(); if (r.ok || n > 3) return r; n += 1; }'),
    'some-paths(overwritten)',
  ],
  ['a part passed on', body('const r = await get(); a(r.status, b); return r.json();'), 'always'],
  ['body of a helper', `function drop(b) { b.cancel(); } ${body('const r = await get(); drop(r.body);')}`, 'always'],
  [
    'part of a controller',
    body(
      'const c = new AbortController(); const { signal } = c; const r = await fetch("x", { signal }); c.abort(); return r.ok;',
    ),
    'always',
  ],
  [
    'one signal of several',
    body(
      'const c = new AbortController(); const signal = AbortSignal.any([a, c.signal]); const r = await fetch("x", { signal }); c.abort(); return r.ok;',
    ),
    'always',
  ],
  ['HEAD, perhaps', body('const r = await fetch("x", { method: a ? "HEAD" : "GET" }); return r.ok;'), ''],
  [
    'HEAD, as a default',
    'export async function f(method = "HEAD") { const r = await fetch("x", { method }); return r.ok; }',
    '',
  ],
  [
    'HEAD, compared elsewhere',
    body('const r = await fetch("x", a); if (a.method === "HEAD") return r.ok; return r.text();'),
    '',
  ],
  ['HEAD, of a request', body('const r = await fetch(new Request("x", { method: "HEAD" })); return r.ok;'), ''],
  ['all, with names', body('const [r, s] = await Promise.all([get(), b]); return r.ok;'), 'never(return)'],
  [
    'all, combined check',
    body(
      'const rs = await Promise.all(a.map((u) => fetch(u))); if (rs.some((r) => !r.ok)) throw new Error(); return rs.map((r) => r.json());',
    ),
    'some-paths(throw)',
  ],
  [
    'all, looked at',
    body('const rs = await Promise.all(a.map((u) => fetch(u))); return rs.map((r) => r.status);'),
    'never(return)',
  ],
  ['all, thrown away', body('await Promise.all([fetch("x"), a]);'), 'never(end)'],
  ['all, read', body('const rs = await Promise.all(a.map((u) => fetch(u))); for (const r of rs) await r.text();'), 'always'],
  ['all, by index', body('const rs = await Promise.all(a.map((u) => fetch(u))); return rs[0].json();'), 'always'],
  [
    'all, by an index that cannot be seen',
    body('const rs = await Promise.all(a.map((u) => fetch(u))); return rs[b].json();'),
    '',
  ],
  ['all, returned', body('return Promise.all(a.map((u) => fetch(u)));'), 'escapes(returned)'],
  [
    'all settled, counted',
    body('const rs = await Promise.allSettled(a.map((u) => fetch(u))); return rs.filter((r) => r.value?.ok).length;'),
    'never(return)',
  ],
  [
    'all settled, read',
    body('const rs = await Promise.allSettled(a.map((u) => fetch(u))); return rs.map((r) => r.value?.json());'),
    'always',
  ],
];

it('looks at a member passed on of a value that can be disposed of', () => {
  const code = `import { MongoClient } from 'mongodb'; const client = new MongoClient('mongodb://x');
    ${body('const session = client.startSession(); a(session.id); await session.endSession();')}`;
  expect(inspect(code, (file) => acquisitionsOf(file).map(outcomeOf))).toEqual(['unless-throws(exception)']);
});

describe('a response', () => {
  it.each([...RESPONSES, ...FETCHES].map(([title, code, outcome]) => ({ title, code, outcome })))(
    '$title',
    ({ code, outcome }) => {
      const found = response(code);
      expect(found[0] ?? '').toBe(outcome);
    },
  );
});
