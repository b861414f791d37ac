import { Client } from '@elastic/elasticsearch';

export default defineNitroPlugin((nitro) => {
  const search = new Client({ node: useRuntimeConfig().searchUrl, requestTimeout: 3_000, maxRetries: 1 });
  nitro.hooks.hook('request', (event) => {
    event.context.search = search;
  });
  nitro.hooks.hook('close', () => search.close());
});
