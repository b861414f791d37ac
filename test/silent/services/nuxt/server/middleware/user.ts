export default defineEventHandler(async (event) => {
  const session = getCookie(event, 'session');
  if (!session) return;
  const [rows] = await useDb().execute({
    sql: 'SELECT id, name FROM users WHERE session = ?',
    values: [session],
    timeout: 1_000,
  });
  event.context.user = rows[0];
});
