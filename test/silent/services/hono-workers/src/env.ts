import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';

export interface AppEnv {
  Bindings: {
    HYPERDRIVE: Hyperdrive;
    SESSIONS: KVNamespace;
    NEON_URL: string;
    UPSTASH_URL: string;
    UPSTASH_TOKEN: string;
    STRIPE_KEY: string;
  };
  Variables: { db: PostgresJsDatabase };
}
