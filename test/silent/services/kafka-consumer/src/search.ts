import { Client, HttpConnection } from '@elastic/elasticsearch';
import pLimit from 'p-limit';

const client = new Client({
  nodes: (process.env.ELASTIC_NODES ?? 'http://localhost:9200').split(','),
  Connection: HttpConnection,
  agent: { keepAlive: true, maxSockets: 20, maxFreeSockets: 10, timeout: 30_000 },
  requestTimeout: 10_000,
  pingTimeout: 2_000,
  maxRetries: 2,
});

const limit = pLimit(5);

/** Five requests at a time, however many documents there are. */
export const index = (documents: readonly { id: string }[]): Promise<unknown[]> =>
  Promise.all(
    documents.map((document) => limit(() => client.index({ index: 'events', id: document.id, document }))),
  );

export const close = (): Promise<void> => client.close();
