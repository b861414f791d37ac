import createKnex, { type Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  const tenants = await knex('tenants').select('id', 'url');
  for (const { id, url } of tenants) {
    // Each has a database of its own.
    const tenant = createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
    try {
      await tenant.schema.alterTable('users', (table) => table.string('locale').defaultTo('en'));
      await knex('tenants').where({ id }).update({ migrated: knex.fn.now() });
    } finally {
      await tenant.destroy();
    }
  }
}

export async function down(): Promise<void> {}
