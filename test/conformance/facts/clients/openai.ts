import { openai } from '../../../../src/catalog/libraries/openai.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'openai',
  packages: ['openai'],
  checks: [
    processCheck(
      openai,
      'no',
      (url) => `
        import OpenAI from 'openai';
        const client = new OpenAI({ apiKey: 'key', baseURL: '${url}', maxRetries: 0 });
        await client.models.list();`,
    ),
  ],
} satisfies LibraryChecks;
