import express, { type ErrorRequestHandler, type Express } from 'express';
import { logger } from './lib/logger.js';
import { admin } from './routes/admin.js';
import { orders } from './routes/orders.js';
import { settings } from './routes/settings.js';

const onError: ErrorRequestHandler = (error, req, res, next) => {
  logger.error({ error, url: req.originalUrl }, 'request failed');
  if (res.headersSent) return next(error);
  res.status(500).json({ error: 'internal' });
};

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '256kb' }));
  app.use('/orders', orders);
  app.use('/admin', admin);
  app.use('/settings', settings);
  app.use(onError);
  return app;
}
