import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });

for (let n = 0; n < 100; n++) {
  await pool.query('INSERT INTO users (name) VALUES ($1)', [`user ${n}`]);
}

await pool.end();
