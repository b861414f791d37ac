import { Agent } from 'node:http';
import axios from 'axios';
import type { Step } from '../../../src/catalog/api-path.js';
import { axios as described } from '../../../src/catalog/libraries/axios.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import type { Client, Subject } from '../support/station.js';

const created = axios.create();
const calls: readonly (Pick<Subject, 'title' | 'options' | 'method'> &
  Pick<Client, 'call'> & { readonly steps: readonly Step[] })[] = [
  { title: 'axios', steps: [], options: 1, call: axios as Client['call'] },
  { title: 'axios.request', steps: ['request'], options: 0, call: axios.request.bind(axios) as Client['call'] },
  {
    title: 'axios.create().get',
    steps: ['create', '()', 'get'],
    options: 1,
    call: created.get.bind(created) as Client['call'],
    method: 'GET',
  },
];

for (const { call, steps, ...subject } of calls) {
  describeResponse({
    ...subject,
    response: entryFor(described.responses, steps),
    open: (maxSockets) => {
      const httpAgent = new Agent({ keepAlive: true, maxSockets });
      // A proxy of the machine would stand in between.
      const own = { httpAgent, proxy: false };
      return {
        call,
        arguments: ({ href }, given, position) =>
          position === 0 ? [{ url: href, ...own, ...given }] : [href, { ...own, ...given }],
        owner: () => httpAgent,
      };
    },
  });
}
