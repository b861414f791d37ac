import { once, type EventEmitter } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import got from 'got';
import { expect, it } from 'vitest';
import type { Step } from '../../../src/catalog/api-path.js';
import { got as described } from '../../../src/catalog/libraries/got.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import type { Client, Subject } from '../support/station.js';

const calls: readonly (Pick<Subject, 'title'> & Pick<Client, 'call'> & { readonly steps: readonly Step[] })[] = [
  { title: 'got.stream', steps: ['stream'], call: got.stream as Client['call'] },
  { title: 'got with isStream', steps: [], call: got as Client['call'] },
];

for (const { call, steps, ...subject } of calls) {
  describeResponse({
    ...subject,
    response: entryFor(described.responses, steps),
    options: 1,
    open: (maxSockets) => {
      const agent = new Agent({ keepAlive: true, maxSockets });
      const own = { agent: { http: agent }, retry: { limit: 0 } };
      return {
        call,
        arguments: ({ href }, options, position) =>
          position === 0 ? [{ url: href, ...own, ...options }] : [href, { ...own, ...options }],
        ready: (stream) => once(stream as EventEmitter, 'response'),
        owner: () => agent,
      };
    },
  });
}

it('Symbol.asyncDispose of an unread got stream rejects, before Node 24', async () => {
  const server = createServer((_, response) => response.end('x'.repeat(1_000_000))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stream = got.stream(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  await once(stream, 'response');
  const outcome = await stream[Symbol.asyncDispose]().then(
    () => 'resolves',
    () => 'rejects',
  );
  expect(outcome).toBe(Number.parseInt(process.versions.node) >= 24 ? 'resolves' : 'rejects');
  server.close();
});
