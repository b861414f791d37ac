import { createMiddleware } from '@solidjs/start/middleware';
import { pool } from './lib/db';

export default createMiddleware({
  onRequest: async (event) => {
    const session = event.request.headers.get('cookie')?.match(/session=(\w+)/)?.[1];
    if (!session) return;
    const [rows] = await pool.execute({
      sql: 'SELECT user FROM sessions WHERE id = ?',
      values: [session],
      timeout: 1_000,
    });
    event.locals.user = (rows as { user: string }[])[0]?.user;
  },
});
