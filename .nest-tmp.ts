import { readFileSync } from 'node:fs';
import { lint } from '/work/main/test/support/lint.js';
// cases: `=== title | file | expected count`
for (const path of process.argv.slice(2)) {
  const [, ...parts] = readFileSync(path, 'utf8').split(/^=== /m);
  let bad = 0;
  for (const part of parts) {
    const nl = part.indexOf('\n');
    const [title = '', want = '0', file = 'src/file.ts'] = part.slice(0, nl).split(' | ');
    const code = part.slice(nl + 1);
    const found = lint(code, { filename: file, rules: ['no-nested-acquire', 'no-pool-transaction'] });
    const got = found.map((m) => `${m.ruleId}/${m.messageId}@${m.line}`);
    if (found.some((m) => m.fatal) || found.length !== Number(want)) { bad++; console.log(`✗ ${title} want ${want}\n   ${got.join('\n   ')}${found.some((m) => m.fatal) ? found[0].message : ''}`); }
    else if (process.env.V) console.log(`ok ${title}: ${found.map((m) => `${m.line} ${m.message}`).join('\n     ')}`);
  }
  console.log(path, parts.length, 'cases', bad, 'bad');
}
