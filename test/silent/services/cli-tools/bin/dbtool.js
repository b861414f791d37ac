#!/usr/bin/env node
import 'dotenv/config';
import { program } from 'commander';
import pg from 'pg';
import { copy } from '../src/commands/copy.js';

program.name('dbtool').option('--url <url>', 'database', process.env.DATABASE_URL);

program
  .command('size')
  .description('How large is every table?')
  .action(async () => {
    const client = new pg.Client({ connectionString: program.opts().url, connectionTimeoutMillis: 5_000 });
    await client.connect();
    try {
      const { rows } = await client.query(
        "SELECT relname, pg_size_pretty(pg_total_relation_size(oid)) AS size FROM pg_class WHERE relkind = 'r'",
      );
      console.table(rows);
    } finally {
      await client.end();
    }
  });

program
  .command('copy')
  .argument('<from>')
  .argument('<to>')
  .option('--jobs <n>', 'tables at a time', Number, 4)
  .action(copy);

await program.parseAsync();
