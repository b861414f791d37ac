import { createClient, type Client } from '@libsql/client';
import type { APIContext } from 'astro';

let client: Client;
const getClient = () =>
  (client =
    client || createClient({ url: import.meta.env.LIBSQL_URL, authToken: import.meta.env.LIBSQL_TOKEN }));

export async function GET({ url }: APIContext) {
  const { rows } = await getClient().execute({
    sql: 'SELECT name FROM speakers WHERE day = ?',
    args: [url.searchParams.get('day')],
  });
  return Response.json(rows);
}

export async function PUT({ request }: APIContext) {
  const { id, name, bio } = await request.json();
  const tx = await getClient().transaction('write');
  try {
    await tx.execute({ sql: 'UPDATE speakers SET name = ? WHERE id = ?', args: [name, id] });
    await tx.execute({ sql: 'UPDATE bios SET text = ? WHERE speaker = ?', args: [bio, id] });
    await tx.commit();
  } finally {
    tx.close();
  }
  return new Response(null, { status: 204 });
}
