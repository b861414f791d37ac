import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource, Repository } from 'typeorm';
import { PG_POOL } from '../database/database.module';
import { RedisService } from '../redis/redis.service';
import { ShippingClient } from '../shipping/shipping.client';
import { Order } from './order.entity';

@Injectable()
export class OrdersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    @Inject(PG_POOL) private readonly reporting: Pool,
    private readonly redis: RedisService,
    private readonly shipping: ShippingClient,
  ) {}

  async ship(id: string): Promise<Order> {
    const order = await this.orders.findOneBy({ id });
    if (!order) throw new NotFoundException();
    const label = await this.shipping.createLabel({ id, address: order.address });
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      await runner.manager.update(Order, { id }, { state: 'shipped', tracking: label.tracking });
      await runner.query('INSERT INTO outbox (topic, payload) VALUES ($1, $2)', ['order.shipped', { id }]);
      await runner.commitTransaction();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await this.shipping.cancelLabel(label.tracking);
      throw error;
    } finally {
      await runner.release();
    }
    return { ...order, state: 'shipped', tracking: label.tracking };
  }

  async merge(from: string, into: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Order, { parent: from }, { parent: into });
      await manager.delete(Order, { id: from });
    });
  }

  async report(day: string): Promise<unknown[]> {
    const client = await this.reporting.connect();
    try {
      await client.query("SET work_mem TO '256MB'");
      const { rows } = await client.query('SELECT * FROM shipped_by_carrier($1)', [day]);
      return rows;
    } finally {
      // The setting is of the session, so the session goes.
      client.release(true);
    }
  }

  @Cron(CronExpression.EVERY_10_MINUTES)
  async remind(): Promise<void> {
    await this.redis.withLock('remind', 60_000, async () => {
      await this.reporting.query('SELECT remind_late_orders()');
    });
  }
}
