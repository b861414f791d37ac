import consistentPoolLimits from './consistent-pool-limits.js';
import noDisabledKeepAlive from './no-disabled-keep-alive.js';
import noIgnoredOption from './no-ignored-option.js';
import noNestedAcquire from './no-nested-acquire.js';
import noOversizedPool from './no-oversized-pool.js';
import noPerRequestClient from './no-per-request-client.js';
import noPoolTransaction from './no-pool-transaction.js';
import noStaleConnections from './no-stale-connections.js';
import noUnconsumedResponse from './no-unconsumed-response.js';
import noUnreleasedConnection from './no-unreleased-connection.js';
import noZeroLimit from './no-zero-limit.js';
import requireExplicitLimit from './require-explicit-limit.js';
import requireTimeout from './require-timeout.js';

/** Every rule by its name. */
export const rules = {
  'consistent-pool-limits': consistentPoolLimits,
  'no-disabled-keep-alive': noDisabledKeepAlive,
  'no-ignored-option': noIgnoredOption,
  'no-nested-acquire': noNestedAcquire,
  'no-oversized-pool': noOversizedPool,
  'no-per-request-client': noPerRequestClient,
  'no-pool-transaction': noPoolTransaction,
  'no-stale-connections': noStaleConnections,
  'no-unconsumed-response': noUnconsumedResponse,
  'no-unreleased-connection': noUnreleasedConnection,
  'no-zero-limit': noZeroLimit,
  'require-explicit-limit': requireExplicitLimit,
  'require-timeout': requireTimeout,
};
