import { Agent } from 'node:http';
import fetch from 'node-fetch';
import { nodeFetch } from '../../../src/catalog/libraries/node-fetch.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import type { Client } from '../support/station.js';

describeResponse({
  title: 'node-fetch',
  response: entryFor(nodeFetch.responses, []),
  options: 1,
  open: (maxSockets) => {
    const agent = new Agent({ keepAlive: true, maxSockets });
    return { call: fetch as Client['call'], arguments: (url, options) => [url, { agent, ...options }], owner: () => agent };
  },
  lacks: { textConverted: 'only version 2 has it', timeout: 'only version 2 has it' },
});
