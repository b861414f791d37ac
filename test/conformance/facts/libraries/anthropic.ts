import { anthropic } from '../../../../src/catalog/libraries/anthropic.js';
import type { LibraryChecks } from '../check.js';
import { generatedClientChecks, type Caller } from '../support/generated-client.js';

async function load(): Promise<Caller> {
  const { Anthropic } = await import('@anthropic-ai/sdk');
  return async (baseURL, ofClient, ofCall) => {
    const client = new Anthropic({ apiKey: 'key', baseURL, logLevel: 'off', ...ofClient });
    return client.messages.create({ model: 'model', max_tokens: 1, messages: [{ role: 'user', content: 'text' }] }, ofCall);
  };
}

export default {
  library: '@anthropic-ai/sdk',
  packages: ['@anthropic-ai/sdk'],
  checks: generatedClientChecks(anthropic, load),
} satisfies LibraryChecks;
