/** What is reported and what is not (`cases/no-unconsumed-response.txt`), the option, and the sentences. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const RULE = 'no-unconsumed-response';
const CASES = readMarkedCases(path.join(import.meta.dirname, `cases/${RULE}.txt`));

describe(RULE, () => {
  it.each(CASES.map((item) => [item.title, item] as const))('%s', (_, { code, filename, options, reports }) => {
    const messages = lint(code, { filename, options, rules: [RULE] });
    expect(messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`)).toEqual(reports);
  });

  it('has many cases, half of them without a report', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(250);
    expect(CASES.filter(({ reports }) => reports.length === 0).length).toBeGreaterThanOrEqual(125);
  });
});

const reported = (code: string, ...options: unknown[]): string[] =>
  lint(code, { rules: [RULE], options }).map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);

const body = (code: string): string => `export async function f(u, done) {\n  ${code}\n}\n`;
const UNDICI = "import { request } from 'undici';\n";
const LARGE = 'a body over 16 kB keeps its socket from other requests until it is garbage collected.';
const CANCEL = 'Read it, or discard it with `await response.body?.cancel()`.';

describe('the sentences', () => {
  it.each([
    [
      'fetch, never read',
      body('const r = await fetch(u); return r.ok;'),
      `2:19 Nobody reads the body of the response to \`fetch()\`: ${LARGE} ${CANCEL}`,
    ],
    [
      'fetch, not read on one way out',
      body('const r = await fetch(u);\n  if (!r.ok) throw new Error(await r.text());\n  return true;'),
      `2:19 The body of the response to \`fetch()\` is not read when line 4 returns: ${LARGE} ${CANCEL}`,
    ],
    [
      'undici, on several ways out',
      UNDICI +
        body(
          'const r = await request(u);\n  if (r.statusCode === 404) return null;\n  if (r.statusCode > 400) throw new Error();\n  return r.body.json();',
        ),
      '3:19 The body of the response to `request()` is not read when line 4 returns, or when line 5 throws: a body over 65 kB keeps its socket from other requests for good. Read it, or discard it with `await response.body.dump()`.',
    ],
    [
      'undici, in a loop',
      UNDICI +
        body(
          'for (;;) {\n    const r = await request(u);\n    if (r.statusCode < 300) return r.body.json();\n    u = r.headers.location;\n  }',
        ),
      '4:21 The body of the response to `request()` is not read when line 4 overwrites it: a body over 65 kB keeps its socket from other requests for good. Read it, or discard it with `await response.body.dump()`.',
    ],
    [
      'node:http',
      "import http from 'node:http';\nhttp.get('http://x', (r) => console.log(r.statusCode));\n",
      '2:1 Nobody reads the body of the response to `http.get()`: its socket serves no other request for good. Read it, or discard it with `response.resume()`.',
    ],
    [
      'axios, at the end of the function',
      `import axios from 'axios';\n${body("const r = await axios.get(u, { responseType: 'stream' });\n  if (done) r.data.pipe(done);")}`,
      '3:19 The body of the response to `axios.get()` is not read when the function ends: its socket serves no other request. Read it, or discard it with `response.data.destroy()`.',
    ],
    [
      'axios, a status that is refused',
      `import axios from 'axios';\n${body("try {\n    const r = await axios.get(u, { responseType: 'stream' });\n    r.data.pipe(done);\n  } catch {\n    done(null);\n  }")}`,
      '4:21 A status that `axios.get()` refuses rejects with a response whose body is not read on line 6: its socket serves no other request. Discard `error.response.data` there, or let every status pass.',
    ],
  ])('%s', (_, code, message) => {
    expect(reported(code)).toEqual([message]);
  });
});

describe('checkErrorExits', () => {
  const fetched = body('const r = await fetch(u);\n  if (!r.ok) throw new Error();\n  return r.json();');
  const requested =
    UNDICI + body('const r = await request(u);\n  if (r.statusCode > 299) throw new Error();\n  return r.body.json();');

  it('is off for clients whose small bodies free themselves, and on for the others', () => {
    expect(reported(fetched)).toEqual([]);
    expect(reported(requested)).toHaveLength(1);
  });

  it('can be turned on and off for all', () => {
    expect(reported(fetched, { checkErrorExits: true })).toHaveLength(1);
    expect(reported(requested, { checkErrorExits: false })).toEqual([]);
  });

  it('leaves out the ways out for a bad status only', () => {
    const code = body('const r = await fetch(u);\n  if (!r.ok) throw new Error();\n  if (done) return 1;\n  return r.json();');
    expect(reported(code)[0]).toContain('is not read when line 4 returns:');
    expect(reported(code, { checkErrorExits: true })[0]).toContain('is not read when line 3 throws, or when line 4 returns:');
  });
});

describe('suggestions', () => {
  it('name what they do', () => {
    const tried = body('try {\n    const r = await fetch(u);\n    return r.ok;\n  } catch {\n    return false;\n  }');
    const s3 = `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\n${body('const r = await s3.send(new GetObjectCommand(u));\n  return r.ETag;')}`;
    const suggested = (code: string): (string | undefined)[] =>
      lint(code, { rules: [RULE] }).flatMap(({ suggestions }) => suggestions?.map(({ desc }) => desc) ?? []);
    expect(suggested(tried)).toEqual(['Discard the body.']);
    expect(suggested(s3)).toEqual(['Ask for no body: `HeadObjectCommand`.']);
  });
});
