import { afterEach, expect, it } from 'vitest';
import { Pool } from 'pg';
import { createPool } from '../src/pg.js';

let pool: Pool;

afterEach(() => pool.end());

it('has the defaults of the house', () => {
  pool = createPool({ max: 3 });
  expect(pool.options.max).toBe(3);
});

it.each([1, 2, 3])('accepts a limit of %i', async (max) => {
  pool = new Pool({ max });
  expect(pool.options.max).toBe(max);
});
