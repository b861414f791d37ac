/** A stream one can write to and ask whether a person is looking. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** The world around a run: everything it would otherwise take from `process`. */
export interface Host {
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the run shall stop after the file at hand. */
  readonly signal: AbortSignal;
}
