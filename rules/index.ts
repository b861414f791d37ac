import noPerRequestClient from './no-per-request-client.js';

/** Every rule by its name. */
export const rules = {
  'no-per-request-client': noPerRequestClient,
};
