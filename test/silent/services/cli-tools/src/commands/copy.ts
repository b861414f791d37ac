import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import pg from 'pg';

export async function copy(from: string, to: string, { jobs }: { jobs: number }): Promise<void> {
  const source = new pg.Pool({ connectionString: from, max: jobs, connectionTimeoutMillis: 5_000 });
  const target = new pg.Pool({ connectionString: to, max: jobs, connectionTimeoutMillis: 5_000 });
  for (const pool of [source, target]) pool.on('error', (error) => console.error(error.message));

  const { rows } = await source.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const names = rows.map(({ name }) => name);

  const worker = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const reader = await source.connect();
      try {
        const writer = await target.connect();
        try {
          await pipeline(
            reader.query(copyTo(`COPY ${name} TO STDOUT`)),
            writer.query(copyFrom(`COPY ${name} FROM STDIN`)),
          );
        } finally {
          writer.release();
        }
      } finally {
        reader.release();
      }
      console.log(name);
    }
  };

  try {
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}
