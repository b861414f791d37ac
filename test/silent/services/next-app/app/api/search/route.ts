import { Client } from '@opensearch-project/opensearch';

const g = globalThis as { opensearch?: Client };

// Kept in the file that uses it: nobody else searches.
const search =
  g.opensearch ||
  new Client({
    node: process.env.OPENSEARCH_URL ?? 'http://localhost:9200',
    requestTimeout: 3_000,
    maxRetries: 1,
  });
if (process.env.NODE_ENV !== 'production') g.opensearch = search;

export async function GET(request: Request) {
  const q = new URL(request.url).searchParams.get('q') ?? '';
  const { body } = await search.search({
    index: 'products',
    body: { query: { match: { name: q } } },
    size: 20,
  });
  return Response.json(body.hits.hits);
}
