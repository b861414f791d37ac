import noNestedAcquire from './no-nested-acquire.js';
import noPerRequestClient from './no-per-request-client.js';
import noPoolTransaction from './no-pool-transaction.js';
import noUnconsumedResponse from './no-unconsumed-response.js';
import noUnreleasedConnection from './no-unreleased-connection.js';
import noZeroLimit from './no-zero-limit.js';
import requireTimeout from './require-timeout.js';

/** Every rule by its name. */
export const rules = {
  'no-nested-acquire': noNestedAcquire,
  'no-per-request-client': noPerRequestClient,
  'no-pool-transaction': noPoolTransaction,
  'no-unconsumed-response': noUnconsumedResponse,
  'no-unreleased-connection': noUnreleasedConnection,
  'no-zero-limit': noZeroLimit,
  'require-timeout': requireTimeout,
};
