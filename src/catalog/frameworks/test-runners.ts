import type { FrameworkDescriptor } from '../framework.js';

/** Test runners: a file that imports one is a test. */
export const testRunners: FrameworkDescriptor = {
  name: 'vitest, jest, node:test, mocha, ava, tap, Playwright',
  version: 'current',
  modules: [
    'vitest',
    'jest',
    '@jest/globals',
    'test',
    'node:test',
    'mocha',
    'chai',
    'ava',
    'tap',
    'bun:test',
    '@playwright/test',
    'testcontainers',
    '@testcontainers/*',
    'supertest',
    'cypress',
    '@nestjs/testing',
  ],
  globals: ['describe', 'it', 'test', 'suite', 'before', 'after', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll'],
  registrations: [
    {
      callee: '{describe,it,test,suite,before,after,beforeEach,afterEach,beforeAll,afterAll,default}',
      handlers: [{ arguments: 'all' }],
      scope: 'test',
      label: 'test',
    },
    { callee: '{describe,it,test,suite}.*', handlers: [{ arguments: 'all' }], scope: 'test', label: 'test' },
  ],
  shutdownPhase: false,
};
