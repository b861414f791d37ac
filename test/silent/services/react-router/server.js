import { createRequestHandler } from '@react-router/express';
import express from 'express';
import gracefulShutdown from 'http-graceful-shutdown';
import * as build from './build/server/index.js';

const app = express();
app.use(express.static('build/client', { maxAge: '1h' }));
app.all('/{*path}', createRequestHandler({ build }));

const server = app.listen(process.env.PORT ?? 3000);

gracefulShutdown(server, {
  timeout: 10_000,
  onShutdown: async () => {
    await build.entry.module.closeClients?.();
  },
});
