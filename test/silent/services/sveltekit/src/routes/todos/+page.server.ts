import { error, fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, fetch }) => {
	const todos = await locals.db.selectFrom('todo').selectAll().orderBy('id').limit(100).execute();
	const response = await fetch('/api/feed', { signal: AbortSignal.timeout(2_000) });
	if (!response.ok) {
		await response.body?.cancel();
		error(502, 'no feed');
	}
	return { todos, feed: (await response.json()) as string[] };
};

export const actions: Actions = {
	add: async ({ request, locals }) => {
		const text = (await request.formData()).get('text');
		if (typeof text !== 'string' || text === '') return fail(400, { text });
		await locals.db.insertInto('todo').values({ text, done: false }).execute();
	},
	finish: async ({ locals }) => {
		await locals.db.transaction().execute(async (trx) => {
			await trx.updateTable('todo').set({ done: true }).execute();
			await trx.deleteFrom('todo').where('text', '=', '').execute();
		});
	}
};
