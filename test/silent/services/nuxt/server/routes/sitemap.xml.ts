export default defineEventHandler(async (event) => {
  const [rows] = await useDb().query({ sql: 'SELECT slug FROM products', timeout: 5_000 });
  setHeader(event, 'content-type', 'application/xml');
  return `<urlset>${rows.map(({ slug }) => `<url><loc>https://shop.example/${slug}</loc></url>`).join('')}</urlset>`;
});
