import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Output } from './host.js';
import { PRESETS, type Preset } from './plugin.js';
import { UsageError } from './usage-error.js';

/** What the command line asks for. */
export interface Arguments {
  readonly paths: readonly string[];
  /** `safe` applies what is proved, `all` also what needs a person's eye. */
  readonly fix: 'all' | 'none' | 'safe';
  readonly preset: Preset;
  readonly format: string;
  readonly maxWarnings: number | undefined;
  readonly config: string | undefined;
  readonly quiet: boolean;
}

const DESCRIPTION =
  'Finds misuse of connection pools and HTTP clients in Node services, and repairs it. Needs no ESLint config.';

const AFTER_HELP = `
Examples:
  pool-lint                            check the current folder
  pool-lint src server.ts --fix        check these and apply the safe fixes
  pool-lint --fix-all                  apply suggestions as well; read the diff afterwards
  pool-lint --preset strict --quiet    more rules, errors only
  pool-lint --format json > out.json   findings for a machine; the summary goes to stderr

Exit code: 0 clean, 1 findings, 2 a wrong call or a file that could not be read.
Every .gitignore, node_modules, build output and minified files are left out; a file named here is always checked.`;

/**
 * Reads the command line. Help and version are printed and give `undefined`.
 *
 * @throws UsageError that names the option.
 */
export function parseArguments(args: readonly string[], version: string, stdout: Output): Arguments | undefined {
  let result: Arguments | undefined;
  const command = new Command('pool-lint')
    .description(DESCRIPTION)
    .argument('[paths...]', 'files and folders to check', ['.'])
    .option('--fix', 'apply safe fixes')
    .option('--fix-all', 'apply safe fixes, and the suggestion of each finding that has exactly one')
    .addOption(new Option('--preset <name>', 'rules to run').choices(PRESETS).default('recommended'))
    .option('--format <name>', 'stylish, json, html, sarif, an eslint-formatter-* package or a path', 'stylish')
    .option('--max-warnings <n>', 'let this many warnings pass', parseCount)
    .option('--config <file>', 'JSON file with the content of settings.pool')
    .option('--quiet', 'leave warnings out')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), outputError: () => undefined })
    .action((paths: string[], options: Record<string, unknown>) => {
      result = {
        paths,
        fix: options['fixAll'] === true ? 'all' : options['fix'] === true ? 'safe' : 'none',
        preset: options['preset'] as Preset,
        format: options['format'] as string,
        maxWarnings: options['maxWarnings'] as number | undefined,
        config: options['config'] as string | undefined,
        quiet: options['quiet'] === true,
      };
    });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /u, '').replace(/\s+/gu, ' '));
  }
  return result;
}

function parseCount(value: string): number {
  if (!/^\d+$/u.test(value)) throw new InvalidArgumentError('It must be a number, 0 or greater.');
  return Number(value);
}
