import { status, type sendUnaryData, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { cassandra } from './cassandra';
import { price } from './pricing';
import { Item, reserve } from './sql';

interface ReserveRequest {
  sku: string;
  quantity: number;
}

export const implementation = {
  async reserve(
    call: ServerUnaryCall<ReserveRequest, { reserved: boolean }>,
    callback: sendUnaryData<{ reserved: boolean }>,
  ) {
    try {
      const { sku, quantity } = call.request;
      const reserved = await reserve(sku, quantity, async (transaction) => {
        await Item.sequelize!.query('INSERT INTO audit (sku, quantity) VALUES (?, ?)', {
          replacements: [sku, quantity],
          transaction,
        });
      });
      await cassandra.execute(
        'INSERT INTO reservations (sku, at, quantity) VALUES (?, toTimestamp(now()), ?)',
        [sku, quantity],
        { prepare: true },
      );
      callback(null, { reserved });
    } catch (error) {
      callback({ code: status.INTERNAL, message: (error as Error).message });
    }
  },

  async value(
    call: ServerUnaryCall<{ sku: string }, { cents: number }>,
    callback: sendUnaryData<{ cents: number }>,
  ) {
    const item = await Item.findByPk(call.request.sku);
    if (!item) return callback({ code: status.NOT_FOUND });
    callback(null, { cents: (item.get('quantity') as number) * (await price(call.request.sku)) });
  },

  history(call: ServerWritableStream<{ sku: string }, unknown>) {
    const rows = cassandra.stream('SELECT * FROM reservations WHERE sku = ?', [call.request.sku], {
      prepare: true,
      autoPage: true,
    });
    rows.on('data', (row) => call.write({ at: row.at.toISOString(), quantity: row.quantity }));
    rows.on('end', () => call.end());
    rows.on('error', (error) => call.destroy(error));
  },
};
