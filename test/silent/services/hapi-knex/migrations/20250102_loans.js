export const up = (knex) =>
  knex.schema.createTable('loans', (table) => {
    table.string('isbn', 13).primary();
    table.integer('reader').notNullable();
    table.string('title');
    table.dateTime('due');
  });

export const down = (knex) => knex.schema.dropTable('loans');
