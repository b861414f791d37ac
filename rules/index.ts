import noPerRequestClient from './no-per-request-client.js';
import noUnconsumedResponse from './no-unconsumed-response.js';
import noUnreleasedConnection from './no-unreleased-connection.js';

/** Every rule by its name. */
export const rules = {
  'no-per-request-client': noPerRequestClient,
  'no-unconsumed-response': noUnconsumedResponse,
  'no-unreleased-connection': noUnreleasedConnection,
};
