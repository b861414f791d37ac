import { Agent, get, request } from 'node:http';
import { nodeHttp } from '../../../src/catalog/libraries/node-http.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import type { Client } from '../support/station.js';

const calls: Readonly<Record<string, Client['call']>> = {
  get: get as Client['call'],
  request: (...args) => (request as (...given: unknown[]) => ReturnType<typeof request>)(...args).end(),
};

for (const [name, call] of Object.entries(calls)) {
  describeResponse({
    title: `http.${name}`,
    response: entryFor(nodeHttp.responses, [name]),
    options: 1,
    open: (maxSockets) => {
      const agent = new Agent({ keepAlive: true, maxSockets });
      return {
        call,
        arguments: (url, options, position) =>
          position === 1
            ? [url, { agent, ...options }]
            : [{ host: url.hostname, port: url.port, path: url.pathname + url.search, agent, ...options }],
        owner: () => agent,
      };
    },
  });
}
