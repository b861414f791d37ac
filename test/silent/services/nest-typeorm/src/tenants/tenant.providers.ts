import { Inject, Injectable, Logger, Scope, type NestMiddleware, type OnModuleDestroy } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { Pool, type PoolConfig } from 'pg';

const limits: PoolConfig = {
  max: 3,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};

/** One for each tenant: a durable tree lives as long as its tenant. */
@Injectable({ scope: Scope.REQUEST, durable: true })
export class TenantDatabase {
  private readonly pool: Pool;

  constructor(@Inject(REQUEST) private readonly context: { tenantId: string }) {
    this.pool = new Pool({ ...limits, database: `tenant_${context.tenantId}` });
    this.pool.on('error', (error) => Logger.error(error, this.context.tenantId));
  }

  query(text: string, values: unknown[] = []) {
    return this.pool.query(text, values);
  }
}

/** Of the request, but what is expensive about it is static. */
@Injectable({ scope: Scope.REQUEST })
export class AuditLog {
  private static pool?: Pool;

  constructor(@Inject(REQUEST) private readonly request: Request) {}

  async write(action: string): Promise<void> {
    AuditLog.pool ??= new Pool({ ...limits, connectionString: process.env.AUDIT_URL }).on('error', (error) =>
      Logger.error(error),
    );
    await AuditLog.pool.query('INSERT INTO audit (who, action) VALUES ($1, $2)', [
      this.request.headers['x-user'],
      action,
    ]);
  }

  static async close(): Promise<void> {
    await AuditLog.pool?.end();
  }
}

@Injectable()
export class TenantMiddleware implements NestMiddleware, OnModuleDestroy {
  private readonly pools = new Map<string, Pool>();

  async use(request: Request & { tenant?: unknown }, _response: Response, next: NextFunction): Promise<void> {
    const region = String(request.headers['x-region'] ?? 'eu');
    let pool = this.pools.get(region);
    if (!pool) {
      pool = new Pool({ ...limits, host: `tenants.${region}.internal` });
      pool.on('error', (error) => Logger.error(error, region));
      this.pools.set(region, pool);
    }
    const { rows } = await pool.query('SELECT * FROM tenants WHERE host = $1', [request.hostname]);
    request.tenant = rows[0];
    next();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([AuditLog.close(), ...Array.from(this.pools.values(), (pool) => pool.end())]);
  }
}
