import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import fs from 'node:fs';
import path from 'node:path';
import plugin from '/work/main/src/index.js';
const [root, ...rules] = process.argv.slice(2);
const l = new Linter({ cwd: '/' });
const files: string[] = [];
const walk = (d: string) => { for (const e of fs.readdirSync(d, { withFileTypes: true })) { if (e.name === 'node_modules' || e.name === '.git' || e.name === 'dist') continue; const p = path.join(d, e.name); if (e.isDirectory()) walk(p); else if (/\.[cm]?[jt]sx?$/.test(e.name) && !/\.d\.ts$/.test(e.name)) files.push(p); } };
walk(root!);
for (const f of files) {
  const text = fs.readFileSync(f, 'utf8');
  if (text.length > 400000) continue;
  const cfg = [{ files: ['**/*.{js,mjs,cjs,ts,mts,cts,tsx,jsx}'], linterOptions: { reportUnusedDisableDirectives: 'off' }, languageOptions: { parser: (parser as any).default?.parseForESLint ? (parser as any).default : parser, sourceType: /\.c[jt]s$/.test(f) ? 'commonjs' : 'module', parserOptions: { ecmaFeatures: { jsx: /x$|\.js$/.test(f) } } }, plugins: { pool: plugin }, rules: Object.fromEntries(rules.map((r) => { const [n, o] = r.split('='); return ['pool/' + n, o ? ['error', JSON.parse(o)] : 'error']; })), settings: { pool: {} } }] as never;
  let ms: any[] = [];
  try { ms = l.verify(text, cfg, { filename: f }); } catch (e) { console.log('CRASH', f, (e as Error).message.slice(0, 300)); continue; }
  for (const m of ms) if (m.ruleId?.startsWith('pool/')) console.log(`${f}:${m.line} [${m.ruleId.slice(5)}/${m.messageId}] ${m.message}${(m.suggestions ?? []).map((s: any) => '\n      SUGG ' + s.desc).join('')}${m.fix ? '\n      FIX ' + JSON.stringify(m.fix) : ''}`);
}
