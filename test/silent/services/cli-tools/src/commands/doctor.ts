import { defineCommand } from 'citty';
import mysql from 'mysql2/promise';

export default defineCommand({
  meta: { name: 'doctor', description: 'Tries every address until one answers' },
  args: { hosts: { type: 'positional', required: true } },
  async run({ args }) {
    for (const host of args.hosts.split(',')) {
      try {
        const connection = await mysql.createConnection({ host, user: 'doctor', connectTimeout: 2_000 });
        try {
          const [rows] = await connection.query({ sql: 'SELECT version() AS version', timeout: 2_000 });
          console.log(host, rows);
        } finally {
          await connection.end();
        }
        return;
      } catch (error) {
        console.warn(host, (error as Error).message);
      }
    }
    throw new Error('nobody answers');
  },
});
