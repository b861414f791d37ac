import Boom from '@hapi/boom';
import Joi from 'joi';
import createKnex from 'knex';
import { findBook } from '../lib/isbn.js';

const isbn = Joi.string().pattern(/^\d{13}$/);

/** @type {import('@hapi/hapi').ServerRoute[]} */
export const loans = [
  {
    method: 'GET',
    path: '/loans',
    handler: (request) => request.loans(),
  },
  {
    method: 'POST',
    path: '/loans',
    options: {
      validate: { payload: Joi.object({ isbn }) },
      pre: [{ assign: 'book', method: (request) => findBook(request.payload.isbn) }],
      handler: async (request, h) => {
        const { isbn } = request.payload;
        const reader = request.auth.credentials.id;
        const trx = await h.knex.transaction();
        try {
          const taken = await trx('loans').where({ isbn }).forUpdate().first();
          if (taken) throw Boom.conflict('somebody has it');
          await trx('loans').insert({ isbn, reader, title: request.pre.book.title });
          await trx.commit();
        } catch (error) {
          await trx.rollback();
          throw error;
        }
        return h.response().code(201);
      },
    },
  },
  {
    method: 'GET',
    path: '/statistics',
    handler: (request) => {
      // The server keeps it.
      request.server.app.statistics ??= createKnex({
        client: 'mysql2',
        connection: { uri: process.env.STATISTICS_URL, connectTimeout: 3_000 },
        pool: { min: 0, max: 2, idleTimeoutMillis: 30_000 },
        acquireConnectionTimeout: 3_000,
      });
      return request.server.app.statistics('loans_per_month').limit(12);
    },
  },
  {
    method: 'DELETE',
    path: '/loans/{isbn}',
    handler: async (request, h) => {
      const gone = await h.knex.transaction((trx) =>
        trx('loans').where({ isbn: request.params.isbn }).delete(),
      );
      return gone ? h.response().code(204) : Boom.notFound();
    },
  },
  {
    method: 'POST',
    path: '/reminders',
    handler: async (request, h) => {
      const overdue = await h.knex('loans').where('due', '<', h.knex.fn.now()).limit(50);
      for (const loan of overdue) await request.server.methods.mail.remind(loan.email, loan.title);
      return { sent: overdue.length };
    },
  },
];
