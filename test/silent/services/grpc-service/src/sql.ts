import { DataTypes, Sequelize, type Transaction } from 'sequelize';

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  logging: false,
  pool: { max: 8, min: 0, acquire: 5_000, idle: 10_000 },
  dialectOptions: { statement_timeout: 10_000, query_timeout: 12_000, keepAlive: true },
});

export const Item = sequelize.define('Item', {
  sku: { type: DataTypes.STRING, primaryKey: true },
  quantity: DataTypes.INTEGER,
});

/** Moves stock. An unmanaged transaction: it is passed on to the audit. */
export async function reserve(
  sku: string,
  quantity: number,
  audit: (transaction: Transaction) => Promise<void>,
): Promise<boolean> {
  const transaction = await sequelize.transaction();
  try {
    const item = await Item.findByPk(sku, { transaction, lock: transaction.LOCK.UPDATE });
    if (!item || item.get('quantity') < quantity) {
      await transaction.rollback();
      return false;
    }
    await item.decrement('quantity', { by: quantity, transaction });
    await audit(transaction);
    await transaction.commit();
    return true;
  } catch (error) {
    await transaction.rollback().catch(() => {});
    throw error;
  }
}
