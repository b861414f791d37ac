import { defineMiddleware, sequence } from 'astro:middleware';
import { connect } from './lib/mongoose';

const database = defineMiddleware(async (_context, next) => {
  await connect();
  return next();
});

const timing = defineMiddleware(async (_context, next) => {
  const start = performance.now();
  const response = await next();
  response.headers.set('server-timing', `total;dur=${performance.now() - start}`);
  return response;
});

export const onRequest = sequence(timing, database);
