import Router from '@koa/router';
import { scopePerRequest } from 'awilix-koa';
import { createHttpTerminator } from 'http-terminator';
import Koa from 'koa';
import { container } from './container.js';
import type { Invoices } from './invoices.js';

const router = new Router<{ container: typeof container }>();

router.post('/invoices', async (ctx) => {
  const invoices = ctx.state.container.resolve<Invoices>('invoices');
  ctx.body = { id: await invoices.create(Number(ctx.query.customer), Number(ctx.query.net)) };
});

router.post('/invoices/:id/payments', async (ctx) => {
  await ctx.state.container
    .resolve<Invoices>('invoices')
    .pay(Number(ctx.params.id), Number(ctx.query.amount));
  ctx.status = 204;
});

const app = new Koa();
app.use(scopePerRequest(container));
app.use(router.routes());

const terminator = createHttpTerminator({ server: app.listen(3000) });

async function stop(): Promise<void> {
  await terminator.terminate();
  await container.dispose();
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
