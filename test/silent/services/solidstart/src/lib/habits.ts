'use server';

import { action, query, redirect } from '@solidjs/router';
import { sql } from 'drizzle-orm';
import { db, pool } from './db';

export const getHabits = query(async () => {
  const [rows] = await pool.query({ sql: 'SELECT id, name FROM habits LIMIT 100', timeout: 2_000 });
  return rows;
}, 'habits');

export const checkIn = action(async (form: FormData) => {
  const id = Number(form.get('id'));
  await db.transaction(async (tx) => {
    await tx.execute(sql`INSERT INTO checks (habit, at) VALUES (${id}, now())`);
    await tx.execute(sql`UPDATE habits SET streak = streak + 1 WHERE id = ${id}`);
  });
  throw redirect('/');
});
