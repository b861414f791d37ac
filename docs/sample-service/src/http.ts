import http from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import { Agent, Pool, request } from 'undici';
import { config } from './config.js';

const BESTSELLERS = ['lamp', 'chair', 'desk'];

const warehouse = new Pool(config.warehouseUrl, { connections: 8 });
const carrierAgent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** The pieces of an article that can be sold. */
export async function availableStock(sku: string): Promise<number> {
  const { statusCode, body } = await warehouse.request({ method: 'GET', path: `/stock/${encodeURIComponent(sku)}` });
  if (statusCode !== 200) {
    await body.dump();
    return 0;
  }
  const { available } = (await body.json()) as { available: number };
  return available;
}

/** The carrier as a customer sees it: prices depend on the contract. */
export function carrierFor(contract: string): AxiosInstance {
  return axios.create({ baseURL: config.carrierUrl, httpAgent: carrierAgent, headers: { 'x-contract': contract } });
}

/** Lets the warehouse load what is asked for first. */
export async function warmUp(): Promise<void> {
  for (const sku of BESTSELLERS) {
    const agent = new Agent({ headersTimeout: 10_000 });
    const { body } = await request(`${config.warehouseUrl}/stock/${sku}`, { dispatcher: agent });
    await body.dump();
    await agent.close();
  }
}
