import Database from 'better-sqlite3';
import type { LoaderFunctionArgs } from '@remix-run/node';

let index: Database.Database | undefined;

// Opened by the first search: the file is written by a job, after the deployment.
function openIndex(): Database.Database {
  if (index?.open) return index;
  return (index = new Database('./data/search.sqlite', { readonly: true, timeout: 2_000 }));
}

export const loader = ({ request }: LoaderFunctionArgs) => {
  const q = new URL(request.url).searchParams.get('q') ?? '';
  return Response.json(
    openIndex().prepare('SELECT id, title FROM recipes WHERE recipes MATCH ? LIMIT 20').all(q),
  );
};
