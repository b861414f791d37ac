import createKnex from 'knex';
import { Model } from 'objection';
import config from '../knexfile.js';

export const database = {
  name: 'database',
  version: '1.0.0',
  async register(server, options) {
    const knex = createKnex({ ...config, ...options });
    Model.knex(knex);

    server.decorate('toolkit', 'knex', knex);
    server.decorate(
      'request',
      'loans',
      (request) => () => knex('loans').where({ reader: request.auth.credentials.id }),
      { apply: true },
    );
    server.ext('onPreStart', () => knex.raw('SELECT 1').timeout(2_000, { cancel: true }));
    server.ext('onPostStop', () => knex.destroy());
  },
};
