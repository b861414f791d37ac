/** How long it takes to load the plugin, in processes of their own. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Milliseconds, the best of some processes each. */
export interface LoadTimes {
  readonly eslint: number;
  /** After ESLint. */
  readonly plugin: number;
}

/**
 * Loads ESLint and then the plugin.
 *
 * @param entry The plugin's file.
 * @param times Number of processes.
 */
export function loadTimes(entry: string, times: number): LoadTimes {
  const best = { eslint: Infinity, plugin: Infinity };
  const script = `
    const spent = async (specifier) => {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await import(specifier);
      const wall = performance.now() - start;
      const { system, user } = process.cpuUsage(cpu);
      return Math.min(wall, (system + user) / 1000);
    };
    const eslint = await spent('eslint');
    console.log(JSON.stringify({ eslint, plugin: await spent(${JSON.stringify(pathToFileURL(entry).href)}) }));`;
  for (let turn = 0; turn < times; turn++) {
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, encoding: 'utf8' });
    const { eslint, plugin } = JSON.parse(output) as LoadTimes;
    best.eslint = Math.min(best.eslint, eslint);
    best.plugin = Math.min(best.plugin, plugin);
  }
  return best;
}
