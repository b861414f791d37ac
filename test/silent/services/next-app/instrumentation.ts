export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { pool } = await import('./lib/db');
  const { mongo } = await import('./lib/mongo');
  // Warm, so that the first visitor does not wait.
  await Promise.all([pool.query('SELECT 1'), mongo()]);
}
