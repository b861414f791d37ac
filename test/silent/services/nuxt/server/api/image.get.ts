import { Agent, request } from 'undici';

// The loader runs once, at the first request; the handler it returns, for each.
export default defineLazyEventHandler(async () => {
  const { imagesUrl } = useRuntimeConfig();
  const dispatcher = new Agent({
    connections: 20,
    headersTimeout: 5_000,
    bodyTimeout: 10_000,
    connectTimeout: 2_000,
  });

  return defineEventHandler(async (event) => {
    const { src } = getQuery(event);
    const { statusCode, headers, body } = await request(new URL(String(src), imagesUrl), {
      dispatcher,
      signal: AbortSignal.timeout(15_000),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw createError({ statusCode: 404 });
    }
    setHeader(event, 'content-type', String(headers['content-type']));
    return sendStream(event, body);
  });
});
