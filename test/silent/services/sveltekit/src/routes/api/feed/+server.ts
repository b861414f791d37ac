import { env } from '$env/dynamic/private';
import { json } from '@sveltejs/kit';
import pg from 'pg';
import type { RequestHandler } from './$types';

// The archive is another database, and only this route reads it.
let archive: pg.Pool | null = null;

const getArchive = (): pg.Pool => {
	if (archive === null) {
		archive = new pg.Pool({
			connectionString: env.ARCHIVE_URL,
			max: 3,
			connectionTimeoutMillis: 4_000,
			idleTimeoutMillis: 20_000,
			maxLifetimeSeconds: 900,
			statement_timeout: 5_000
		});
		archive.on('error', (reason) => console.error(reason));
		process.once('sveltekit:shutdown', () => void archive?.end());
	}
	return archive;
};

export const GET: RequestHandler = async ({ url, setHeaders }) => {
	const { rows } = await getArchive().query('SELECT text FROM feed WHERE day = $1', [
		url.searchParams.get('day') ?? 'today'
	]);
	setHeaders({ 'cache-control': 'max-age=60' });
	return json(rows.map((row) => row.text));
};

export const fallback: RequestHandler = async () => new Response(null, { status: 405 });
