export default defineTask({
  meta: { name: 'prices', description: 'Fetches the prices of the day' },
  async run() {
    const response = await fetch('https://prices.example/today.json', {
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { result: 'failed' };
    }
    const prices = (await response.json()) as { sku: string; price: number }[];
    for (const { sku, price } of prices) {
      await useDb().execute({
        sql: 'UPDATE products SET price = ? WHERE sku = ?',
        values: [price, sku],
        timeout: 2_000,
      });
    }
    return { result: prices.length };
  },
});
