export default defineCachedEventHandler(
  async (event) => {
    const { q } = getQuery(event);
    if (typeof q === 'string') {
      const { hits } = await event.context.search.search({
        index: 'products',
        query: { match: { name: q } },
      });
      return hits.hits.map((hit) => hit._source);
    }
    const [rows] = await useDb().query({ sql: 'SELECT id, name FROM products LIMIT 50', timeout: 2_000 });
    return rows;
  },
  { maxAge: 60 },
);
