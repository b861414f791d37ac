import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import Redis from 'ioredis';

@Injectable()
export class RedisService implements OnModuleDestroy {
  private readonly logger = new Logger(RedisService.name);
  private readonly client: Redis;

  constructor(config: ConfigService) {
    this.client = new Redis(config.getOrThrow<string>('REDIS_URL'), {
      connectTimeout: 5_000,
      commandTimeout: 1_000,
      maxRetriesPerRequest: 2,
    });
    this.client.on('error', (error) => this.logger.warn(error.message));
  }

  async withLock<T>(key: string, ttl: number, work: () => Promise<T>): Promise<T | null> {
    const token = crypto.randomUUID();
    if ((await this.client.set(`lock:${key}`, token, 'PX', ttl, 'NX')) === null) return null;
    try {
      return await work();
    } finally {
      if ((await this.client.get(`lock:${key}`)) === token) await this.client.del(`lock:${key}`);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.quit();
  }
}
