import { Agent } from 'node:https';
import Wreck from '@hapi/wreck';

const agent = new Agent({ keepAlive: true, maxSockets: 10, timeout: 10_000 });
const wreck = Wreck.defaults({ baseUrl: 'https://openlibrary.org', timeout: 4_000, json: true, agent });

export async function findBook(isbn) {
  const { payload } = await wreck.get(`/isbn/${isbn}.json`);
  return { title: payload.title, pages: payload.number_of_pages };
}

export const close = () => agent.destroy();
