import http from 'node:http';
import axios from 'axios';
import { Router } from 'express';
import { Agent, Client, request } from 'undici';
import { config } from '../config.js';
import { carrierFor } from '../http.js';

interface Quote {
  carrier: string;
  cents: number;
}

export const shipping = Router();

shipping.get('/quotes', async (req, res) => {
  const { data } = await axios.get<Quote[]>(`${config.carrierUrl}/quotes`, {
    params: { grams: req.query.grams },
    httpAgent: new http.Agent({ keepAlive: true }),
  });
  res.json(data.sort((a, b) => a.cents - b.cents));
});

shipping.get('/contracts/:contract/quotes', async (req, res) => {
  const carrier = carrierFor(req.params.contract);
  const { data } = await carrier.get<Quote[]>('/quotes');
  res.json(data);
});

shipping.get('/parcels/:code', async (req, res) => {
  const { statusCode, body } = await request(`${config.carrierUrl}/parcels/${req.params.code}`, {
    dispatcher: new Agent({ bodyTimeout: 5_000 }),
  });
  res.status(statusCode).json(await body.json());
});

shipping.get('/offices', (req, res, next) => {
  const carrier = new Client(config.carrierUrl);
  carrier
    .request({ method: 'GET', path: '/offices' })
    .then(({ body }) => body.json())
    .then((offices) => res.json(offices))
    .catch(next)
    .finally(() => carrier.close());
});

class LabelPrinter {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

  async print(code: string): Promise<string> {
    const { data } = await axios.get<string>(`${config.carrierUrl}/labels/${code}`, {
      httpAgent: this.agent,
      responseType: 'text',
    });
    return data;
  }
}

shipping.get('/labels/:code', async (req, res) => {
  const printer = new LabelPrinter();
  res.type('text/plain').send(await printer.print(req.params.code));
});
