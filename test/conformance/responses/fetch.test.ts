import { Agent } from 'undici';
import { fetch as described } from '../../../src/catalog/libraries/fetch.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import type { Client } from '../support/station.js';

describeResponse({
  title: `fetch of Node ${process.version} (undici ${process.versions.undici ?? 'unknown'})`,
  response: entryFor(described.responses, ['fetch']),
  options: 1,
  // The function and its bodies are those of Node. Only what opens the sockets is of the package: Node exports nothing that bounds them.
  open: (connections) => {
    const dispatcher = new Agent({ connections });
    return {
      call: fetch as Client['call'],
      arguments: (url, options) => [url, { dispatcher, ...options }],
      owner: () => dispatcher,
    };
  },
  lacks: 'bytes' in Response.prototype ? {} : { bytes: 'Node has it since 22' },
});
