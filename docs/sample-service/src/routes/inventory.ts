import http from 'node:http';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { Router } from 'express';
import { request } from 'undici';
import { config } from '../config.js';

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

/** What the warehouse knows about an article. */
export const inventory = Router();

inventory.get('/:sku/listed', async (req, res) => {
  const { statusCode } = await request(`${config.warehouseUrl}/manuals/${req.params.sku}`);
  res.json({ listed: statusCode === 200 });
});

inventory.get('/:sku/manual', async (req, res) => {
  const manual = await request(`${config.warehouseUrl}/manuals/${req.params.sku}`);
  if (manual.headers['content-type'] !== 'text/plain') {
    res.status(415).json({ error: 'no text' });
    return;
  }
  res.type('text/plain').send((await manual.body.text()).slice(0, 40));
});

inventory.get('/:sku/pictured', async (req, res) => {
  const response = await fetch(`${config.warehouseUrl}/pictures/${req.params.sku}`);
  res.json({ pictured: response.ok });
});

inventory.get('/:sku/weighed', (req, res, next) => {
  http
    .get(`${config.warehouseUrl}/weights/${req.params.sku}`, { agent }, (response) => {
      res.json({ weighed: response.statusCode === 200 });
    })
    .on('error', next);
});

inventory.get('/:sku/picture', async (req, res) => {
  const picture = await axios.get<Readable>(`${config.warehouseUrl}/pictures/${req.params.sku}`, {
    responseType: 'stream',
    httpAgent: agent,
    validateStatus: null,
  });
  if (picture.status !== 200) throw new Error(`The warehouse answers ${picture.status}`);
  picture.data.pipe(res.type('image/png'));
});

// Right as they are: nothing is left in a socket.

inventory.get('/:sku/known', async (req, res) => {
  const response = await fetch(`${config.warehouseUrl}/pictures/${req.params.sku}`, { method: 'HEAD' });
  res.json({ known: response.ok });
});

inventory.get('/:sku/stocked', async (req, res) => {
  const { statusCode, body } = await request(`${config.warehouseUrl}/stock/${req.params.sku}`);
  await body.dump();
  res.json({ stocked: statusCode === 200 });
});

inventory.get('/:sku/price', async (req, res) => {
  const response = await fetch(`${config.warehouseUrl}/prices/${req.params.sku}`);
  if (!response.ok) {
    await response.body?.cancel();
    res.status(404).json({ error: 'no price' });
    return;
  }
  res.json(await response.json());
});

inventory.get('/:sku/recall', async (req, res) => {
  const response = await fetch(`${config.warehouseUrl}/recalls/${req.params.sku}`);
  if (response.status === 204) {
    res.json({ recall: null });
    return;
  }
  res.json({ recall: await response.text() });
});
