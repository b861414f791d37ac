import { DATABASE_URL } from '$env/static/private';
import { building, dev } from '$app/environment';
import { Kysely, PostgresDialect, type Generated } from 'kysely';
import pg from 'pg';

export interface Database {
	todo: { id: Generated<number>; text: string; done: boolean };
}

const cached = globalThis as typeof globalThis & { __db?: Kysely<Database> };

function connect(): Kysely<Database> {
	const pool = new pg.Pool({
		connectionString: DATABASE_URL,
		max: dev ? 2 : 10,
		connectionTimeoutMillis: 4_000,
		idleTimeoutMillis: 20_000,
		maxLifetimeSeconds: 900,
		statement_timeout: 5_000,
		query_timeout: 6_000
	});
	pool.on('error', (error) => console.error('idle client', error));
	return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** Made at the first use, and never while building. */
export function getDb(): Kysely<Database> {
	if (building) throw new Error('there is no database in a build');
	return (cached.__db ??= connect());
}

export async function closeDb(): Promise<void> {
	await cached.__db?.destroy();
	cached.__db = undefined;
}
