/** Every claim of the catalog about one checkout, held against the library. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Checkout,
  Creator,
  LibraryDescriptor,
  MemberPath,
  PoolShortcut,
  TransactionBegin,
} from '../../../src/catalog/descriptor.js';
import { within } from '../../support/within.js';
import { TOUCH, type Database } from './database.js';
import { invoke, ownerOf, property } from './members.js';

/** Connections a pool may open. */
const LIMIT = 2;
/** Round trips in which a checkout that can be answered has been answered many times over. */
const MANY = 40;

/** What is put to the test. */
export interface CheckoutSubject {
  readonly title: string;
  readonly library: LibraryDescriptor;
  /** What makes the pool. */
  readonly creator: Creator;
  readonly checkout: Checkout;
  /** The name of the call that takes a connection. */
  readonly method: string;
  /** The calls of the pool that take one for a statement, by name. */
  readonly shortcuts: Readonly<Record<string, PoolShortcut>>;
  /** Where they are called, and where connections are taken from, on a pool of so many connections. */
  readonly open: (port: number, limit: number) => OpenPool;
  /** Runs a statement on a taken connection; its first row. */
  readonly query: (connection: unknown, text: string) => Promise<unknown>;
  /** Calls a method of a taken connection that gives a promise or takes a callback. */
  readonly perform: (connection: unknown, method: string) => Promise<unknown>;
}

export interface OpenPool {
  /** What connections are taken from. */
  readonly pool: unknown;
  /** What is closed, where it is another object. */
  readonly owner?: unknown;
  /** Closes it by its method of that name. */
  readonly close: (method: string) => Promise<unknown>;
}

interface Taken {
  readonly connection: unknown;
  readonly session: number;
  /** What the callback got to give it back with. */
  readonly done?: unknown;
}

type Way = 'promise' | 'callback';

/** Describes the tests of a checkout. */
export function describeCheckout(subject: CheckoutSubject, database: () => Database): void {
  const { checkout, creator, library } = subject;
  const ways: readonly Way[] = [
    ...(checkout.returnsPromise ? (['promise'] as const) : []),
    ...(checkout.callback ? (['callback'] as const) : []),
  ];
  const [way = 'promise'] = ways;
  let open: OpenPool;
  let held: Taken[];

  const take = async (by: Way = way): Promise<Taken> => {
    const { connection, done } = await receive(open.pool, subject, by);
    // One whose server hangs up is no error here.
    invoke(connection, 'on', 'error', () => undefined);
    const row = await subject.query(connection, database().whoAmI);
    const taken: Taken = { connection, session: sessionIn(row), done };
    held.push(taken);
    return taken;
  };
  const takeAll = async (by: Way = way): Promise<readonly [Taken, ...Taken[]]> => {
    const first = await take(by);
    const others: Taken[] = [];
    while (others.length < LIMIT - 1) others.push(await take(by));
    return [first, ...others];
  };
  const giveBack = (taken: Taken, member: MemberPath | undefined = checkout.release[0]): unknown => {
    if (member === undefined) throw new Error(`Nothing gives back what ${subject.title} takes.`);
    held.splice(held.indexOf(taken), 1);
    const { owner, name } = ownerOf(taken.connection, member);
    return member.startsWith('pool.') ? invoke(open.pool, name, taken.connection) : invoke(owner, name);
  };
  /** Asks for one more, which has to wait; gives back how it ends. */
  const takeInVain = async (by: Way = way): Promise<() => Promise<Taken>> => {
    const taking = take(by);
    taking.catch(() => undefined);
    expect(await Promise.race([taking.then(() => 'a slot is free'), patience().then(() => 'all are taken')])).toBe(
      'all are taken',
    );
    return () => within(10, 'a free slot', taking);
  };
  /** Asks until the answer is yes. */
  const eventually = async (what: string, condition: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 10_000;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`Waited 10 s for ${what}.`);
      await database().roundTrip();
    }
  };
  const patience = async () => {
    for (let trip = 0; trip < MANY; trip++) await database().roundTrip();
  };
  const perform = (taken: Taken, member: MemberPath): Promise<unknown> =>
    member.startsWith('text:')
      ? subject.query(taken.connection, member.slice('text:'.length))
      : subject.perform(taken.connection, member);

  describe(subject.title, () => {
    beforeEach(() => {
      open = subject.open(database().port, LIMIT);
      held = [];
    });
    afterEach(async () => {
      for (const taken of [...held]) giveBack(taken);
      // Where the test has closed it a second time may be an error.
      await within(10, 'the pool to close', open.close(creator.close[0]?.method ?? 'end')).catch(() => undefined);
    });

    describe.each(ways)('taken by %s', (by) => {
      it('keeps its slot until it is given back', async () => {
        const [first] = await takeAll(by);
        const next = await takeInVain(by);
        giveBack(first);
        await next();
      });
      it.each(checkout.release)('%s frees the slot', async (member) => {
        const [first] = await takeAll(by);
        const next = await takeInVain(by);
        await giveBack(first, member);
        const { session } = await next();
        if (checkout.destroys?.includes(member) === true) {
          expect(session).not.toBe(first.session);
          await eventually('the session to end', async () => !(await database().isOpen(first.session)));
        } else {
          expect(session).toBe(first.session);
        }
      });
    });
    if (checkout.callback?.release !== undefined) {
      it(`parameter ${String(checkout.callback.release)} of the callback frees the slot`, async () => {
        const [first] = await takeAll('callback');
        const next = await takeInVain('callback');
        held.splice(held.indexOf(first), 1);
        (first.done as () => void)();
        expect((await next()).session).toBe(first.session);
      });
    }

    switch (checkout.secondRelease) {
      case 'throws':
        it('a second release throws', async () => {
          const taken = await take();
          giveBack(taken);
          expect(() => invoke(taken.connection, checkout.release[0] ?? '')).toThrow();
        });
        break;
      case 'corrupts':
        it('a second release gives the connection to two holders', async () => {
          const first = await take();
          giveBack(first);
          const second = await take();
          expect(second.session).toBe(first.session);
          invoke(first.connection, checkout.release[0] ?? '');
          expect((await take()).session).toBe(second.session);
          // Both of them are the same: to be given back once.
          held.pop();
        });
        break;
      case 'ignored':
      case 'rejects':
      case undefined:
        it('what a second release does is not tested', () => {
          expect(checkout.secondRelease).toBe(undefined);
        });
    }

    describe('disposal', () => {
      it.each([
        ['sync', Symbol.dispose],
        ['async', Symbol.asyncDispose],
      ] as const)(`%s: ${JSON.stringify(checkout.dispose ?? 'none')}`, async (kind, symbol) => {
        const [first] = await takeAll();
        if (checkout.dispose?.[kind] !== true) {
          expect(property(first.connection, symbol)).toBe(undefined);
          return;
        }
        expect(checkout.dispose.effect).toBe('releases');
        const next = await takeInVain();
        held.splice(held.indexOf(first), 1);
        await invoke(first.connection, symbol);
        expect((await next()).session).toBe(first.session);
      });
      it.each([
        ['sync', Symbol.dispose],
        ['async', Symbol.asyncDispose],
      ] as const)('%s of the pool', (kind, symbol) => {
        if (!creator.dispose) return;
        expect(typeof property(open.owner ?? open.pool, symbol) === 'function').toBe(creator.dispose[kind]);
      });
    });

    for (const transaction of library.transactions ?? []) {
      describe('a transaction', () => {
        describeTransaction(transaction);
      });
    }

    describe.each(Object.entries(subject.shortcuts))('pool.%s', (name, shortcut) => {
      const { property: textProperty } = shortcut;
      const forms: readonly (readonly [title: string, run: (statement: string) => Promise<unknown>])[] = [
        ['text', (statement) => run(name, statement)],
        ...(textProperty === undefined
          ? []
          : [[`{ ${textProperty} }`, (statement: string) => run(name, { [textProperty]: statement })] as const]),
        ...(shortcut.callback === undefined || ways.length === 1
          ? []
          : [['a callback', (statement: string) => run(name, statement, 'callback')] as const]),
      ];
      it.each(forms)('with %s gives back what it takes', async (_, send) => {
        expect(shortcut.text).toBe(0);
        for (let count = 0; count <= LIMIT; count++) {
          const sent = send(database().whoAmI);
          await (database().refuses.includes(name) ? expect(sent).rejects.toThrow() : expect(sent).resolves.toBeDefined());
        }
        await takeAll();
      });
    });
    if (subject.shortcuts['query']) {
      it('a transaction spread over calls of the pool ends on another connection', async () => {
        await run('query', 'BEGIN');
        const begun = await take();
        await subject.query(begun.connection, TOUCH);
        await run('query', 'COMMIT');
        expect(await database().row()).toBe('locked');
        await subject.query(begun.connection, 'ROLLBACK');
      });
    }

    describe('closing the pool', () => {
      it.each(creator.close)('$method: $mode', async ({ method, mode }) => {
        const taken = await take();
        const closing = open.close(method);
        if (mode === 'graceful') {
          const first = await Promise.race([closing.then(() => 'closed'), patience().then(() => 'waits')]);
          expect(first).toBe('waits');
          giveBack(taken);
          await within(10, 'the pool to close', closing);
        } else {
          held.splice(0);
          await within(10, 'the pool to close', closing);
        }
        await eventually('the session to end', async () => !(await database().isOpen(taken.session)));
      });
    });
  });

  // Where the only row is changed in it, it is seen from the outside whether it is open.
  function describeTransaction({ begin, commit, rollback, alsoEnds = [], onRelease }: TransactionBegin): void {
    const started = async (member: MemberPath = begin[0] ?? '') => {
      const before = await settled();
      const [first] = await takeAll();
      await perform(first, member);
      await subject.query(first.connection, TOUCH);
      expect(await database().row()).toBe('locked');
      return { taken: first, before };
    };
    const settled = async () => {
      const row = await database().row();
      expect(row).not.toBe('locked');
      return Number(row);
    };

    it.each(begin)('begun by %s is open', async (member) => {
      const { taken } = await started(member);
      await subject.query(taken.connection, 'ROLLBACK');
    });
    it.each(commit)('committed by %s', async (member) => {
      const { taken, before } = await started();
      await perform(taken, member);
      expect(await settled()).toBe(before + 1);
    });
    it.each(rollback)('rolled back by %s', async (member) => {
      const { taken, before } = await started();
      await perform(taken, member);
      expect(await settled()).toBe(before);
    });
    it.each(alsoEnds)('rolled back by %s', async (member) => {
      const { taken, before } = await started();
      const freesSlot = checkout.release.includes(member);
      if (freesSlot) {
        giveBack(taken, member);
      } else {
        await subject.perform(taken.connection, member);
      }
      await eventually('the transaction to end', async () => (await database().row()) !== 'locked');
      expect(await settled()).toBe(before);
      if (!freesSlot) {
        const next = await takeInVain();
        giveBack(taken);
        await next();
      }
    });
    it(`on release: ${String(onRelease)}`, async () => {
      const { taken, before } = await started();
      const next = await takeInVain();
      giveBack(taken);
      const { connection, session } = await next();
      expect(session).toBe(taken.session);
      expect(onRelease).toBe('stays-open');
      expect(await database().row()).toBe('locked');
      await subject.query(connection, 'ROLLBACK');
      expect(await settled()).toBe(before);
    });
  }

  /** Runs a statement by a call of the pool. */
  function run(name: string, statement: unknown, by: Way = way): Promise<unknown> {
    if (by === 'promise') return Promise.resolve(invoke(open.pool, name, statement));
    return new Promise((resolve, reject) => {
      invoke(open.pool, name, statement, (error: unknown, result: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve(result);
      });
    });
  }
}

function receive(
  pool: unknown,
  { checkout, method }: CheckoutSubject,
  way: Way,
): Promise<{ readonly connection: unknown; readonly done?: unknown }> {
  const { callback } = checkout;
  if (way === 'promise') return Promise.resolve(invoke(pool, method)).then((connection) => ({ connection }));
  if (!callback) throw new Error(`${method} takes no callback.`);
  return new Promise((resolve, reject) => {
    invoke(pool, method, (...given: readonly unknown[]) => {
      const error = given[callback.parameter - 1];
      if (error instanceof Error) reject(error);
      else resolve({ connection: given[callback.parameter], done: given[callback.release ?? -1] });
    });
  });
}

function sessionIn(row: unknown): number {
  const id = Number(property(row, 'id'));
  expect(id).toBeGreaterThan(0);
  return id;
}
