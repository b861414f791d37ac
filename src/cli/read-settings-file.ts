import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSettings, type PoolSettings } from '../settings.js';
import { fileSystemReasonOf, reasonOf, UsageError } from './usage-error.js';

/**
 * Reads the content of `settings.pool` from a JSON file.
 *
 * @throws UsageError that names the file, and the property if one is wrong.
 */
export async function readSettingsFile(file: string, cwd: string): Promise<PoolSettings> {
  let text: string;
  try {
    text = await readFile(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileSystemReasonOf(error)}`);
  }
  let settings: unknown;
  try {
    settings = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${(error as Error).message.replace(/\s+/gu, ' ')}`);
  }
  try {
    // The rules would refuse it too, but once per file and under ESLint's own headline.
    readSettings({ pool: settings });
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`);
  }
  return settings as PoolSettings;
}
