/** Programs for what ends a process, or has to be the first to load something. */
import { execFile } from 'node:child_process';
import path from 'node:path';

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** Runs a module of JavaScript in a process of its own, which finds the installed packages. */
export function runProgram(text: string): Promise<Ended> {
  return new Promise((resolve) => {
    // A proxy of the machine would stand between the program and what it talks to.
    const env = { ...process.env, NO_PROXY: '*', no_proxy: '*' };
    execFile(process.execPath, ['--input-type=module', '--eval', text], { cwd: ROOT, env }, (error, output, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}
