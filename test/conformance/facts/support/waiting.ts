/** Requests that are granted, wait or fail. */
import { expect } from 'vitest';
import { outcome, rejection } from './outcome.js';

/** So many requests are granted at the same time, and the next one waits. */
export async function expectLimit(limit: number, take: () => Promise<unknown>): Promise<void> {
  await expectGranted(limit, take);
  expect(await outcome(take(), 60), `request ${String(limit + 1)}`).toBe('pending');
}

/** So many requests are granted at the same time. */
export async function expectGranted(requests: number, take: () => Promise<unknown>): Promise<void> {
  expect(await Promise.all(Array.from({ length: requests }, take))).toHaveLength(requests);
}

/** The error a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  return (await rejection(promise)).error;
}
