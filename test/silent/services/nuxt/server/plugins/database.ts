export default defineNitroPlugin(async (nitro) => {
  await useDb().query({ sql: 'SELECT 1', timeout: 2_000 });
  nitro.hooks.hook('close', closeDb);
});
