import { Pool } from 'undici';

const pool = new Pool('https://covers.openlibrary.org', {
  connections: 8,
  headersTimeout: 3_000,
  bodyTimeout: 3_000,
  connectTimeout: 1_000,
});

/** Is there a cover? Only the headers are of interest. */
export async function hasCover(isbn: string): Promise<boolean> {
  const { statusCode, body } = await pool.request({
    method: 'HEAD',
    path: `/b/isbn/${isbn}-M.jpg?default=false`,
    signal: AbortSignal.timeout(2_000),
  });
  await body.dump();
  return statusCode === 200;
}

export const close = (): Promise<void> => pool.close();
