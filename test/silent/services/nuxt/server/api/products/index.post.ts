export default defineEventHandler(async (event) => {
  const { name, variants } = await readBody<{ name: string; variants: string[] }>(event);
  const connection = await useDb().getConnection();
  try {
    await connection.beginTransaction();
    const [{ insertId }] = await connection.execute({
      sql: 'INSERT INTO products (name) VALUES (?)',
      values: [name],
      timeout: 2_000,
    });
    for (const variant of variants) {
      await connection.execute({
        sql: 'INSERT INTO variants (product, name) VALUES (?, ?)',
        values: [insertId, variant],
        timeout: 2_000,
      });
    }
    await connection.commit();
    setResponseStatus(event, 201);
    return { id: insertId };
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
});
