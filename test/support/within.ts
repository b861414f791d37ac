/**
 * Waits for something that must not take for ever.
 *
 * @throws an error that says what was waited for.
 */
export async function within<T>(seconds: number, what: string, waiting: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Waited ${String(seconds)} s for ${what}.`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([waiting, late]);
  } finally {
    clearTimeout(timer);
  }
}
