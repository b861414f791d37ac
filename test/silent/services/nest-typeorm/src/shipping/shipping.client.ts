import { HttpException, Injectable, type OnModuleDestroy, Scope } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Pool } from 'undici';

export interface Label {
  readonly tracking: string;
  readonly url: string;
}

@Injectable({ scope: Scope.DEFAULT })
export class ShippingClient implements OnModuleDestroy {
  readonly #pool: Pool;

  constructor(private readonly config: ConfigService) {
    this.#pool = new Pool(config.getOrThrow<string>('CARRIER_URL'), {
      connections: 16,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      connect: { timeout: 3_000 },
    });
  }

  async createLabel(order: { id: string; address: unknown }): Promise<Label> {
    const { statusCode, body } = await this.#pool.request({
      path: '/labels',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': this.config.getOrThrow<string>('CARRIER_KEY'),
      },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(15_000),
    });
    if (statusCode !== 201) {
      await body.dump();
      throw new HttpException('the carrier refused', 502);
    }
    return (await body.json()) as Label;
  }

  async cancelLabel(tracking: string): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      path: `/labels/${encodeURIComponent(tracking)}`,
      method: 'DELETE',
      signal: AbortSignal.timeout(15_000),
    });
    const text = await body.text();
    if (statusCode >= 300) throw new HttpException(text, 502);
  }

  onModuleDestroy(): Promise<void> {
    return this.#pool.close();
  }
}
