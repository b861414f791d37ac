import { CACHE_MANAGER, CacheModule, type Cache } from '@nestjs/cache-manager';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  OnGatewayConnection,
  OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { createAdapter } from '@socket.io/redis-adapter';
import { ThrottlerModule } from '@nestjs/throttler';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import Redis from 'ioredis';
import type { Server, Socket } from 'socket.io';

const options = { connectTimeout: 3_000, commandTimeout: 1_000, maxRetriesPerRequest: 2 };

@WebSocketGateway({ cors: true })
export class EventsGateway implements OnGatewayInit, OnGatewayConnection, OnApplicationShutdown {
  @WebSocketServer() private readonly server!: Server;
  private clients: Redis[] = [];

  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}

  async afterInit(server: Server): Promise<void> {
    const publisher = new Redis(process.env.REDIS_URL!, { ...options, lazyConnect: true });
    const subscriber = publisher.duplicate();
    this.clients = [publisher, subscriber];
    for (const client of this.clients) client.on('error', (error) => console.warn(error.message));
    await Promise.all(this.clients.map((client) => client.connect()));
    server.adapter(createAdapter(publisher, subscriber));
  }

  async handleConnection(socket: Socket): Promise<void> {
    socket.emit('last', await this.cache.get('last'));
  }

  @SubscribeMessage('ping')
  async ping(_socket: Socket, text: string): Promise<string> {
    await this.cache.set('last', text);
    this.server.emit('last', text);
    return text;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.quit()));
  }
}

@Module({
  imports: [
    CacheModule.register(),
    ThrottlerModule.forRootAsync({
      useFactory: () => {
        const redis = new Redis(process.env.REDIS_URL!, options);
        redis.on('error', (error) => console.warn(error.message));
        return {
          throttlers: [{ limit: 100, ttl: 60_000 }],
          storage: new ThrottlerStorageRedisService(redis),
        };
      },
    }),
  ],
  providers: [EventsGateway],
})
export class EventsModule {}
