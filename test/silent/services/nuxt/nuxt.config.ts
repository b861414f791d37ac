export default defineNuxtConfig({
  compatibilityDate: '2025-05-01',
  nitro: { preset: 'node-server', experimental: { tasks: true } },
  runtimeConfig: { databaseUrl: '', searchUrl: '', imagesUrl: '' },
});
