/**
 * The sample service runs for real, as it is written and after `--fix-all`, against PostgreSQL and local HTTP services that count
 * their connections. What loses connections as it is written is sent to processes of their own.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild, type Child, type Exit } from '../support/child.js';
import { startCountingProxy, type CountingProxy } from './support/counting-proxy.js';
import { startDatabase } from './support/database.js';
import { copySample, lintSample, SAMPLE, type SampleCopy } from './support/sample.js';
import { startUpstreams, type Upstreams } from './support/upstream.js';
import { within } from '../support/within.js';
import {
  firstEvent,
  LEAKING_REQUESTS,
  LEAKS,
  send,
  sendLeak,
  STEPS,
  type Connections,
  type Leak,
  type Leaked,
  type Opened,
  type Step,
} from './traffic.js';

const REQUESTS = 24;
const CONCURRENCY = 4;
// Two shared pools at most have a part in a request, and each opens at most as many connections as requests run at once.
const SHARED = 2 * CONCURRENCY;

interface Running {
  readonly child: Child;
  readonly proxy: CountingProxy;
  readonly upstreams: Upstreams;
}

interface Counted {
  readonly connections: Connections;
  readonly answers: readonly string[];
}

interface MeasuredLeak extends Leaked {
  /** Connections to the warehouse that were open at once. */
  readonly sockets: number;
}

interface Measured {
  readonly steps: ReadonlyMap<Step, Counted>;
  readonly leaks: ReadonlyMap<Leak, MeasuredLeak>;
  readonly event: string;
  readonly job: Connections;
  readonly handler: Counted;
  readonly exits: readonly Exit[];
  /** Connections to the database in total, by both counts. */
  readonly sessions: { readonly accepted: number; readonly reported: number };
}

/** Runs the service in a folder, sends it everything, and ends it. */
async function measure(folder: string): Promise<Measured> {
  const cleanUps: (() => unknown)[] = [];
  try {
    const database = await startDatabase();
    cleanUps.push(database.stop);
    const proxies: CountingProxy[] = [];

    // Every process has its own way to the database and its own upstreams: one may still be ending when the next one is counted.
    const start = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> => {
      const upstreams = await startUpstreams();
      const proxy = await startCountingProxy(database.port);
      proxies.push(proxy);
      const child = startChild(args, folder, { ...upstreams.env, DATABASE_URL: database.url(proxy.port), ...env });
      cleanUps.push(upstreams.close, proxy.close, child.kill);
      return { child, proxy, upstreams };
    };
    const counting = async ({ proxy, upstreams }: Running, action: () => Promise<readonly string[]>): Promise<Counted> => {
      const before = { database: proxy.accepted(), http: upstreams.accepted() };
      const answers = await action();
      return {
        answers,
        connections: { database: proxy.accepted() - before.database, http: upstreams.accepted() - before.http },
      };
    };
    const listening = async ({ child }: Running): Promise<string> => {
      const [port = ''] = await child.says(/Orders service on port (\d+)/u);
      return `http://127.0.0.1:${port}`;
    };

    // The third order is never paid for: every turn of the job asks for it.
    const job = await start(['src/server.ts'], { PORT: '0', RECONCILE_EVERY_MS: '25' });
    await listening(job);
    await within(60, `${String(REQUESTS)} turns of the job`, job.upstreams.payments.asked('/payments/3', REQUESTS));
    const jobConnections = { database: job.proxy.accepted(), http: job.upstreams.payments.accepted() };
    const jobExit = job.child.terminate();
    jobExit.catch(() => undefined);

    const handler = await start([
      path.join(import.meta.dirname, 'support/invoke-handler.ts'),
      'src/lambda/order-events.ts',
      String(REQUESTS),
    ]);
    const handled = await counting(handler, () => handler.child.says(/^answers (.*)$/mu));
    handler.child.kill();

    // They wait most of the time: meanwhile the others are counted.
    const leaking = Promise.all(
      LEAKS.map(async (group) => {
        const losing = await start(['src/server.ts'], { PORT: '0', RECONCILE_EVERY_MS: '3600000' });
        const losingUrl = await listening(losing);
        const leaked: (readonly [Leak, MeasuredLeak])[] = [];
        for (const leak of group) {
          const found = await sendLeak(losingUrl, leak);
          leaked.push([leak, { ...found, sockets: losing.upstreams.warehouse.peak() }]);
        }
        losing.child.kill();
        return leaked;
      }),
    );
    leaking.catch(() => undefined);

    const service = await start(['src/server.ts'], { PORT: '0', RECONCILE_EVERY_MS: '3600000' });
    const url = await listening(service);
    const steps = new Map<Step, Counted>();
    for (const step of STEPS)
      steps.set(step, await counting(service, () => send(url, step, REQUESTS, step.concurrency ?? CONCURRENCY)));
    const event = await firstEvent(url, { customer: 1, lines: [{ sku: 'desk', quantity: 1 }] });
    const exits = await Promise.all([jobExit, service.child.terminate()]);
    const leaks = new Map((await leaking).flat());

    const accepted = proxies.reduce((sum, proxy) => sum + proxy.accepted(), 0);
    let reported = await database.sessions();
    // PostgreSQL adds a session to its statistics when it ends, a moment after the client is gone.
    for (let look = 0; look < 100 && reported < accepted; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      reported = await database.sessions();
    }
    return {
      steps,
      leaks,
      event,
      job: jobConnections,
      handler: handled,
      exits,
      sessions: { accepted, reported },
    };
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

let copy: SampleCopy;
let careless: Measured;
let repaired: Measured;

beforeAll(async () => {
  copy = copySample();
  await lintSample(copy.folder, '--fix-all');
  const runs = [measure(SAMPLE), measure(copy.folder)] as const;
  // One that fails does not leave the other one running.
  await Promise.allSettled(runs);
  [careless, repaired] = await Promise.all(runs);
  // Half a minute where nothing else runs; each wait in it has a bound of its own.
}, 300_000);
afterAll(() => {
  copy.remove();
});

function expectConnections(counted: Connections | undefined, opens: Opened = {}): void {
  for (const kind of ['database', 'http'] as const) {
    const each = opens[kind];
    if (each === undefined) expect(counted?.[kind], `shared ${kind} connections`).toBeLessThanOrEqual(SHARED);
    else if (each !== 'some') expect(counted?.[kind], `${kind} connections`).toBe(each * REQUESTS);
  }
}

describe.each(STEPS.map((step) => [step.request, step] as const))('%s', (_, step) => {
  it('opens connections for every request as it is written', () => {
    expectConnections(careless.steps.get(step)?.connections, step.opens);
  });

  it('shares them after --fix-all', () => {
    expectConnections(repaired.steps.get(step)?.connections, step.stays);
  });

  it('gives the same answers after --fix-all', () => {
    const answers = careless.steps.get(step)?.answers ?? [];
    expect(answers).toHaveLength(REQUESTS);
    expect(answers.filter((answer) => !answer.startsWith(String(step.status ?? 200)))).toEqual([]);
    expect(repaired.steps.get(step)?.answers).toEqual(answers);
  });
});

describe.each(LEAKS.flat().map((leak) => [leak.request, leak] as const))('%s, again and again', (_, leak) => {
  const { status = 200, answered = LEAKING_REQUESTS, sockets, starves, stays } = leak;

  it('loses a connection each time as it is written', () => {
    const before = careless.leaks.get(leak);
    expect(before?.answers.length).toBeLessThanOrEqual(answered);
    if (sockets) expect(before?.sockets).toBeGreaterThanOrEqual(sockets.written);
    if (starves) expect([0, 500]).toContain(before?.next);
  });

  it('gives the same answers after --fix-all, every time', () => {
    const { answers = [] } = repaired.leaks.get(leak) ?? {};
    expect(answers).toHaveLength(LEAKING_REQUESTS);
    expect(new Set(answers).size).toBe(1);
    for (const answer of careless.leaks.get(leak)?.answers ?? []) expect(answer).toBe(answers[0]);
  });

  it(stays ? `still loses it after --fix-all: ${stays}` : 'loses none after --fix-all', () => {
    const after = repaired.leaks.get(leak);
    expect(after?.next).toBe(stays ? 500 : starves ? 200 : status);
    if (sockets) expect(after?.sockets).toBeLessThanOrEqual(sockets.repaired);
  });
});

describe('the job', () => {
  it('opens connections in every turn as it is written', () => {
    expect(careless.job.database).toBeGreaterThanOrEqual(REQUESTS);
    expect(careless.job.http).toBeGreaterThanOrEqual(REQUESTS);
  });

  it('shares them after --fix-all', () => {
    expectConnections(repaired.job);
  });
});

describe('the queue handler', () => {
  it('opens connections in every invocation as it is written', () => {
    expectConnections(careless.handler.connections, { database: 1, http: 2 });
  });

  it('shares them after --fix-all, with the same answers', () => {
    expectConnections(repaired.handler.connections);
    expect(repaired.handler.answers).toEqual(careless.handler.answers);
    expect(careless.handler.answers[0]).toContain('{"batchItemFailures":[{"itemIdentifier":"0b"}]}');
  });
});

describe.each([
  ['as it is written', () => careless],
  ['after --fix-all', () => repaired],
])('the service %s', (_, measured) => {
  it('ends when it is asked to, without a word about errors', () => {
    for (const exit of measured().exits) expect(exit).toEqual({ code: 0, signal: null, stderr: '' });
  });

  it('still gets notifications on the connection it keeps for them', () => {
    expect(measured().event).toBe('data: 12000');
  });

  it('had the sessions that PostgreSQL counted', () => {
    expect(measured().sessions.reported).toBe(measured().sessions.accepted);
  });
});
