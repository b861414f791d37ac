/** Clients of other services and databases, with options that do not mean what they seem to. */
import axios from 'axios';
import pg from 'pg';
import { Agent } from 'undici';
import { config } from './config.js';

/** Meant as "no limit"; to this pool 0 is the default, 10. */
export const ledger = new pg.Pool({ connectionString: config.databaseUrl, max: 0, connectionTimeoutMillis: 2_000 });

/** Keeps 20 connections, says the first number; the second one allows 10. */
export const archive = new pg.Pool({
  connectionString: config.databaseUrl,
  min: 20,
  max: 10,
  connectionTimeoutMillis: 2_000,
});

/** The pool does not read the size in its address. */
export const audit = new pg.Pool({
  connectionString: 'postgres://audit@localhost/audit?max=20',
  connectionTimeoutMillis: 2_000,
});

/** As many connections as there are requests, to a service that is not allowed to be slow. */
export const rates = new Agent({ connections: 0, headersTimeout: 0 });

/** Switched off "for now". */
export const partner = axios.create({ baseURL: 'https://partner.example', timeout: 0 });

/** Waits as long as the other side likes. */
export async function exchangeRate(currency: string): Promise<number> {
  const response = await fetch(`https://rates.example/${currency}`);
  const { rate } = (await response.json()) as { rate: number };
  return rate;
}
