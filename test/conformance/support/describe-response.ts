/** Every claim of the catalog about one response, held against the library. */
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArgumentCondition, ResponseSemantics } from '../../../src/catalog/descriptor.js';
import { within } from '../../support/within.js';
import { follow, invoke, ownerOf, property } from './members.js';
import type { Wanted } from './origin.js';
import {
  expectFree,
  expectHeld,
  expectWaiting,
  LIMIT,
  startStation,
  type Answer,
  type Ask,
  type Options,
  type Station,
  type Subject,
} from './station.js';
import { drain, exhaust, has, ignoreErrors, use } from './uses.js';

const SMALL: Wanted = { bytes: 100 };
const LARGE: Wanted = { bytes: 1_000_000 };

/** Responses that have no body. */
const EMPTY: readonly (readonly [name: string, wanted: Wanted, how: Ask])[] = [
  ['length 0', { status: 200, bytes: 0 }, {}],
  ['204', { status: 204 }, {}],
  ['304', { status: 304 }, {}],
  ['HEAD', SMALL, { options: { method: 'HEAD' } }],
];

/** Describes the tests of a library's response. */
export function describeResponse(subject: Subject): void {
  const { response } = subject;
  const bodyOf = (answer: Answer) => follow(answer.response, response.body);
  const empty = EMPTY.filter(([, , { options }]) => subject.method === undefined || options?.method === undefined);
  let station: Station;

  describe(subject.title, () => {
    beforeEach(async () => {
      station = await startStation(subject);
    });
    afterEach(async () => {
      await station.stop();
    });

    describe(`unread: ${response.unread}`, () => {
      if (response.unread === 'holds-socket') {
        it('a small body holds its socket', async () => {
          await station.askAll(SMALL);
          await expectHeld(station);
        });
      }
      it('a large body holds its socket', async () => {
        await station.askAll(LARGE);
        await expectHeld(station);
      });
      const { freeBelow } = response;
      if (freeBelow !== undefined) {
        it.each([
          ['in one piece', {}],
          ['in chunks', { chunked: true }],
        ])(`a body below ${String(freeBelow)} bytes does not, sent %s`, async (_, how) => {
          await station.askAll({ bytes: freeBelow - 1, ...how });
          await expectFree(station);
        });
      }
      it.each(empty)(`without a body (%s): ${response.empty}`, async (_, wanted, { options }) => {
        const answers = await station.askAll(wanted, { options: { ...options, ...answersAnyStatus(response) } });
        if (response.nullable !== true) for (const answer of answers) expect(bodyOf(answer)).toBeDefined();
        await (response.empty === 'holds-socket' ? expectHeld : expectFree)(station);
      });
      for (const condition of response.unless ?? []) {
        it.each(optionsOf(condition))('%o holds nothing', async (options) => {
          await station.askAll(SMALL, { options, position: condition.argument });
          await expectFree(station);
        });
      }
      for (const condition of response.delivery[0]?.by === 'promise' ? (response.when ?? []) : []) {
        if (condition.test !== 'property-is' || condition.argument !== subject.options) continue;
        it(`without ${condition.property} there is nothing to read`, async () => {
          await station.askAll(LARGE, { options: { [condition.property]: undefined } });
          await expectFree(station);
        });
      }
      for (const delivery of response.delivery.slice(1)) {
        it(`delivered by ${delivery.by} it holds its socket`, async () => {
          await station.askAll(LARGE, { delivery });
          await expectHeld(station);
        });
        it(`delivered by ${delivery.by} it is discarded the same way`, async () => {
          for (const answer of await station.askAll(LARGE, { delivery })) await discard(response, bodyOf(answer));
          await expectFree(station);
        });
      }
      const { collected } = response;
      if (collected !== undefined) {
        it(`its socket is ${collected ? '' : 'not '}freed by the garbage collector`, async () => {
          await station.askAll(LARGE, { forgotten: true });
          const collecting = collectGarbage(station);
          if (collected) {
            await Promise.all([expectFree(station), collecting]);
          } else {
            await collecting;
            await expectWaiting(station);
          }
        });
      }
    });

    describe('consumers', () => {
      const members = response.consumers.filter((member) => !(member in (subject.lacks ?? {})));
      it.each(members)('%s frees the socket', async (member) => {
        const wanted: Wanted = member.endsWith('formData') ? { ...LARGE, as: 'form' } : LARGE;
        const answers = await station.askAll(wanted);
        for (const answer of answers) expect(has(answer.response, member)).toBe(true);
        await Promise.all(answers.map((answer) => use(answer.response, member)));
        await expectFree(station);
      });
      if (response.iterable) {
        it.each(['end', 'first chunk'] as const)('for await until the %s frees the socket', async (until) => {
          const answers = await station.askAll(LARGE);
          await Promise.all(answers.map((answer) => exhaust(bodyOf(answer), until)));
          await expectFree(station);
        });
      }
      const { reader } = response;
      if (reader !== undefined) {
        const readers = async () => {
          const answers = await station.askAll(LARGE);
          return answers.map((answer) => {
            const { owner, name } = ownerOf(answer.response, reader);
            return invoke(owner, name);
          });
        };
        it(`${reader}() read to the end frees the socket`, async () => {
          await Promise.all((await readers()).map(drain));
          await expectFree(station);
        });
        it(`${reader}().cancel() frees the socket`, async () => {
          await Promise.all((await readers()).map((taken) => invoke(taken, 'cancel')));
          await expectFree(station);
        });
        it(`${reader}() read once and given back does not`, async () => {
          for (const taken of await readers()) {
            await invoke(taken, 'read');
            invoke(taken, 'releaseLock');
          }
          await expectHeld(station);
        });
      }
      for (const [kind, symbol] of [
        ['sync', Symbol.dispose],
        ['async', Symbol.asyncDispose],
      ] as const) {
        if (!response.dispose) continue;
        if (response.dispose[kind]) {
          it(`${String(symbol)} frees the socket`, async () => {
            const bodies = (await station.askAll(LARGE)).map(bodyOf);
            // What it answers does not matter: that of got rejects.
            await Promise.allSettled(bodies.map((body) => invoke(body, symbol)));
            await expectFree(station);
          });
        } else {
          it(`has no ${String(symbol)}`, async () => {
            const answer = await station.ask(SMALL);
            expect([answer.response, bodyOf(answer)].map((value) => property(value, symbol))).toEqual([undefined, undefined]);
          });
        }
      }
    });

    describe('not consumers', () => {
      const members = response.inspects.filter((member) => !(member in (subject.lacks ?? {})));
      it.each(members)('%s leaves the socket held', async (member) => {
        const answers = await station.askAll(response.unread === 'holds-socket' ? SMALL : LARGE);
        for (const answer of answers) expect(has(answer.response, member)).toBe(true);
        // What it answers does not matter: formData() of undici refuses.
        await Promise.allSettled(answers.map((answer) => use(answer.response, member)));
        await expectHeld(station);
      });
      for (const [member, why] of Object.entries(subject.lacks ?? {})) {
        it(`${member} does not exist here (${why})`, async () => {
          expect([...response.consumers, ...response.inspects]).toContain(member);
          expect(has((await station.ask(SMALL)).response, member)).toBe(false);
        });
      }
    });

    const { clone } = response;
    if (clone) {
      const copyOf = (answer: Answer) => {
        const copy = invoke(answer.response, clone.method);
        // The bodies are new, that of the response as well.
        ignoreErrors(follow(copy, response.body));
        ignoreErrors(bodyOf(answer));
        return copy;
      };
      describe(`${clone.method}: reads ${clone.reads}`, () => {
        it('alone leaves the socket held', async () => {
          (await station.askAll(LARGE)).map(copyOf);
          await expectHeld(station);
        });
        it(`reading one of the two ${clone.reads === 'one' ? 'frees the socket' : 'is not enough'}`, async () => {
          const answers = await station.askAll(LARGE);
          const reading = answers.map((answer) => use(copyOf(answer), 'text'));
          if (clone.reads === 'one') {
            await Promise.all(reading);
            await expectFree(station);
          } else {
            // It fails once the socket is closed under it.
            for (const never of reading) never.catch(() => undefined);
            await expectHeld(station);
          }
        });
        it('reading both frees the socket', async () => {
          const answers = await station.askAll(LARGE);
          const both = answers.flatMap((answer) => [copyOf(answer), answer.response]);
          await Promise.all(both.map((one) => use(one, 'text')));
          await expectFree(station);
        });
      });
    }

    describe(`discard: ${response.discard.template}`, () => {
      const { effect } = response.discard;
      const sizes: readonly (readonly [string, Wanted, 'keeps' | 'closes'])[] = [
        // A small body that frees its socket by itself leaves nothing to close.
        ['a small body', SMALL, effect === 'closes' && response.unread === 'holds-socket' ? 'closes' : 'keeps'],
        ['a large body', LARGE, effect === 'reads' ? 'keeps' : 'closes'],
      ];
      it.each(sizes)('frees the socket of %s', async (_, wanted) => {
        for (const answer of await station.askAll(wanted)) await discard(response, bodyOf(answer));
        await expectFree(station);
      });
      it.each(sizes)(`of %s: ${effect}`, async (_, wanted, expected) => {
        for (const answer of await station.askAll(wanted)) await discard(response, bodyOf(answer));
        await expectFree(station);
        expect(station.origin.used() > LIMIT ? 'closes' : 'keeps').toBe(expected);
      });
      it.each(empty)('does no harm without a body (%s)', async (_, wanted, { options }) => {
        const answers = await station.askAll(wanted, { options: { ...options, ...answersAnyStatus(response) } });
        for (const answer of answers) await discard(response, bodyOf(answer));
        await expectFree(station);
      });
    });

    describe('from the outside', () => {
      it.each(response.signals ?? [])('aborting $property of argument $argument frees the socket', async (signal) => {
        const controller = new AbortController();
        await station.askAll(LARGE, { options: { [signal.property]: controller.signal }, position: signal.argument });
        controller.abort();
        await expectFree(station);
      });
      it.each(response.ends?.request ?? [])('%s of the request frees the socket', async (member) => {
        for (const answer of await station.askAll(LARGE)) invoke(answer.request, member);
        await expectFree(station);
      });
      it.each(response.ends?.client ?? [])('%s of the client frees the socket', async (member) => {
        await station.askAll(LARGE);
        invoke(station.client.owner(), member);
        await within(10, 'the sockets to close', station.origin.unused());
      });
      it('destroying the agent frees the socket', async () => {
        await station.askAll(LARGE);
        invoke(station.client.owner(), 'destroy');
        await within(10, 'the sockets to close', station.origin.unused());
      });
    });

    const { rejection } = response;
    if (rejection) {
      describe(`rejection with ${rejection.body}`, () => {
        const refused = () =>
          station.ask({ status: 500, bytes: 100 }).then(
            () => expect.fail('It does not reject.'),
            (error: unknown) => follow(error, rejection.body),
          );
        it('holds the socket', async () => {
          for (let count = 0; count < LIMIT; count++) await refused();
          await expectHeld(station);
        });
        it('is freed by the discard', async () => {
          for (let count = 0; count < LIMIT; count++) await discard(response, await refused());
          await expectFree(station);
        });
        for (const condition of rejection.unless ?? []) {
          it(`does not happen with ${JSON.stringify(condition)}`, async () => {
            const options = answersAnyStatus(response);
            await expect(
              station.ask({ status: 500, bytes: 100 }, { options, position: condition.argument }),
            ).resolves.toBeDefined();
          });
        }
      });
    }
  });
}

/** Runs the catalog's statement on a body. */
async function discard({ discard: { template, awaits } }: ResponseSemantics, body: unknown): Promise<void> {
  const code = template.replaceAll('{body}', 'body');
  const context: { body: unknown; done?: unknown } = { body };
  runInNewContext(awaits ? `done = (async () => { ${code}; })()` : `${code};`, context);
  await context.done;
}

/** The options with which a condition holds. */
function optionsOf(condition: ArgumentCondition): readonly Options[] {
  if (condition.test !== 'property-is') throw new Error(`Nothing here can make ${condition.test} true.`);
  return condition.values.map((value) => ({ [condition.property]: value }));
}

/** The options with which a call never rejects because of a status. */
function answersAnyStatus({ rejection }: ResponseSemantics): Options {
  return Object.fromEntries(
    (rejection?.unless ?? []).flatMap((condition) =>
      condition.test === 'has-property' ? [[condition.property, () => true]] : [],
    ),
  );
}

async function collectGarbage({ origin }: Station): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let count = 0; count < 5; count++) {
    gc();
    await origin.roundTrips();
  }
}
