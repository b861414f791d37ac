import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { within } from './within.js';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A TypeScript program that runs in a process of its own. */
export interface Child {
  /** The first line of its output that matches, as its groups. */
  readonly says: (line: RegExp) => Promise<readonly string[]>;
  /** Asks it to end, and waits until it did. */
  readonly terminate: () => Promise<Exit>;
  /** Ends it without asking, if it still runs. */
  readonly kill: () => void;
}

/** Starts a TypeScript program. */
export function startChild(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Child {
  const child = spawn(process.execPath, ['--import', TSX, ...args], {
    cwd,
    // A proxy of the machine would stand between the service and what it talks to.
    env: { ...process.env, NO_PROXY: '*', no_proxy: '*', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Exit>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stderr });
    });
  });
  const told = () => `output: ${JSON.stringify(stdout)}, errors: ${JSON.stringify(stderr)}`;
  return {
    says: (line) => {
      const found = new Promise<readonly string[]>((resolve, reject) => {
        const look = () => {
          const match = line.exec(stdout);
          if (match) resolve(match.slice(1));
        };
        child.stdout.on('data', look);
        look();
        ended.then(() => {
          reject(new Error(`${args.join(' ')} ended early, ${told()}`));
        }, reject);
      });
      return within(60, `${args.join(' ')} to say ${String(line)}`, found).catch((error: unknown) => {
        throw new Error(told(), { cause: error });
      });
    },
    terminate: () => {
      child.kill('SIGTERM');
      return within(60, `${args.join(' ')} to end on SIGTERM`, ended);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
