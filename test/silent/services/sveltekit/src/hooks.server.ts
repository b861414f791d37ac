import { closeDb, getDb } from '$lib/server/db';
import type { Handle, HandleFetch, ServerInit } from '@sveltejs/kit';
import { sql } from 'kysely';

export const init: ServerInit = async () => {
	await sql`SELECT 1`.execute(getDb());
};

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.db = getDb();
	return resolve(event);
};

export const handleFetch: HandleFetch = async ({ request, fetch }) => {
	return fetch(
		new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(5_000)]) })
	);
};

process.on('sveltekit:shutdown', async () => {
	await closeDb();
});
