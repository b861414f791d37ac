/** A database server as the tests of checkouts see it. */

/** Changes the one row of the one table, and locks it until the transaction ends. */
export const TOUCH = 'UPDATE entries SET n = n + 1 WHERE id = 1';

/** Makes the table, in SQL that every server here speaks. */
export const TABLE = ['CREATE TABLE entries (id int PRIMARY KEY, n int NOT NULL)', 'INSERT INTO entries VALUES (1, 0)'];

/** Reads the row unless it is locked. */
export const PEEK = 'SELECT n FROM entries WHERE id = 1 FOR UPDATE NOWAIT';

/** A server of its own, with a database named `pooled`. */
export interface Database {
  readonly title: string;
  readonly port: number;
  /** A statement whose one column `id` is the session that runs it. */
  readonly whoAmI: string;
  /** Methods whose statements it cannot answer. */
  readonly refuses: readonly string[];
  /** Waits as long as a statement over a connection of its own takes. */
  readonly roundTrip: () => Promise<unknown>;
  readonly isOpen: (session: number) => Promise<boolean>;
  /** Ends a session from the side of the server. */
  readonly kill: (session: number) => Promise<unknown>;
  /** How often the row was changed for good, or that somebody has it locked. */
  readonly row: () => Promise<number | 'locked'>;
  readonly stop: () => Promise<void>;
}
