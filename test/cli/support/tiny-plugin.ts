import type { ESLint, Rule } from 'eslint';
import type { Identifier, Literal } from 'estree';
import type { RunnablePlugin } from '../../../src/cli/plugin.js';

/** A rule on one identifier. */
function onName(
  name: string,
  meta: Rule.RuleMetaData,
  report: (context: Rule.RuleContext, node: Identifier) => void,
): Rule.RuleModule {
  return {
    meta: { type: 'problem', schema: [], ...meta },
    create: (context) => ({
      Identifier(node) {
        if (node.name === name) report(context, node);
      },
    }),
  };
}

const rules: Record<string, Rule.RuleModule> = {
  /** Counts a number down to 0, one step per pass. */
  countdown: {
    meta: { type: 'problem', fixable: 'code', schema: [] },
    create: (context) => ({
      Literal(node: Literal) {
        const { value } = node;
        if (typeof value !== 'number' || value === 0) return;
        context.report({ node, message: 'Not zero.', fix: (fixer) => fixer.replaceText(node, String(value - 1)) });
      },
    }),
  },
  /** A suggestion, which `autofix: 'all'` makes a fix. */
  risky: onName('risky', { fixable: 'code', hasSuggestions: true }, (context, node) => {
    const fix = (fixer: Rule.RuleFixer) => fixer.replaceText(node, 'proved');
    const { autofix } = (context.settings['pool'] ?? {}) as { autofix?: string };
    context.report({ node, message: 'Risky.', ...(autofix === 'all' ? { fix } : { suggest: [{ desc: 'Prove it.', fix }] }) });
  }),
  careful: onName('careful', { fixable: 'code' }, (context, node) => {
    context.report({ node, message: 'Careful.', fix: (fixer) => fixer.replaceText(node, 'cautious') });
  }),
  plain: onName('plain', {}, (context, node) => {
    context.report({ node, message: 'Plain.' });
  }),
  broken: onName('breakme', { fixable: 'code' }, (context, node) => {
    context.report({ node, message: 'Breaks.', fix: (fixer) => fixer.replaceText(node, '((') });
  }),
  crash: onName('crashme', {}, () => {
    throw new Error('what happened\nsecond line');
  }),
  settings: onName('settings', {}, (context, node) => {
    context.report({ node, message: JSON.stringify(context.settings['pool']) });
  }),
  /** Says how the file was read. */
  parsed: onName('parsed', {}, (context, node) => {
    context.report({ node, message: `as ${context.languageOptions.sourceType ?? ''}` });
  }),
};

const recommended = {
  countdown: 'error',
  risky: 'error',
  careful: 'warn',
  broken: 'error',
  crash: 'error',
  settings: 'error',
  parsed: 'error',
} as const;

function prefixed(levels: Record<string, 'error' | 'warn'>): Record<string, 'error' | 'warn'> {
  return Object.fromEntries(Object.entries(levels).map(([name, level]) => [`pool/${name}`, level]));
}

const plugins = { pool: { rules } as ESLint.Plugin };
const ignores = ['**/test/**', '**/*.test.{js,ts}'];

/** A plugin whose rules do one thing each that the runner has to deal with. */
export const tinyPlugin: RunnablePlugin = {
  meta: { name: 'tiny', version: '9.8.7' },
  rules,
  configs: {
    recommended: { ignores, plugins, rules: prefixed(recommended) },
    strict: [{ ignores, plugins, rules: prefixed({ ...recommended, careful: 'error' }) }],
    all: [
      { ignores, plugins, rules: prefixed(recommended) },
      { ignores, rules: prefixed({ plain: 'error' }) },
    ],
  },
};
