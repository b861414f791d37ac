/** pool-lint as a process of its own, with the tiny plugin. */
import { runInProcess } from '../../../src/cli/run-in-process.js';
import { tinyPlugin } from './tiny-plugin.js';

await runInProcess(tinyPlugin);
