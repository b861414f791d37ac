import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Pool } from 'pg';

export const PG_POOL = Symbol('PG_POOL');

@Global()
@Module({
  imports: [
    // The module destroys its data source itself.
    TypeOrmModule.forRootAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: 'postgres',
        url: config.getOrThrow<string>('DATABASE_URL'),
        autoLoadEntities: true,
        synchronize: false,
        poolSize: 15,
        connectTimeoutMS: 5_000,
        extra: {
          idleTimeoutMillis: 30_000,
          maxLifetimeSeconds: 1_800,
          statement_timeout: 15_000,
          query_timeout: 20_000,
        },
      }),
    }),
  ],
  providers: [
    {
      provide: PG_POOL,
      inject: [ConfigService],
      useFactory: async (config: ConfigService): Promise<Pool> => {
        const logger = new Logger('pg');
        const pool = new Pool({
          connectionString: config.getOrThrow('REPORTING_URL'),
          max: 4,
          connectionTimeoutMillis: 5_000,
          idleTimeoutMillis: 10_000,
          maxLifetimeSeconds: 600,
          statement_timeout: 60_000,
          query_timeout: 65_000,
        });
        pool.on('error', (error) => logger.error(error));
        return pool;
      },
    },
  ],
  exports: [PG_POOL],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
