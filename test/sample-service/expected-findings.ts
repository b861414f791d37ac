import type { Finding } from './support/sample.js';

/** A finding in the sample service, and what `--fix-all` does about it. */
export interface ExpectedFinding extends Finding {
  /** Why it is still there after `--fix-all`. */
  readonly stays?: string;
}

/** Everything that is wrong with the sample service, in the order of its files. Whoever adds to the sample adds here. */
export const EXPECTED_FINDINGS: readonly ExpectedFinding[] = [
  {
    file: 'src/http.ts',
    code: 'new Agent({ headersTimeout: 10_000 })',
    messageId: 'perIteration',
    runs: '`for…of` loop',
    stays: 'a loop at start-up: moving it is left to a person',
  },
  {
    file: 'src/jobs/reconcile.ts',
    code: 'new pg.Pool({ connectionString: config.databaseUrl, max: 2 })',
    messageId: 'perRequest',
    runs: '`setInterval` tick → `reconcile()`',
  },
  {
    file: 'src/jobs/reconcile.ts',
    code: 'new Agent({ connections: 4 })',
    messageId: 'perRequest',
    runs: '`setInterval` tick → `reconcile()` → `run()` → `task()` → `paidAmount()`',
  },
  {
    file: 'src/lambda/order-events.ts',
    code: 'new Pool({ connectionString: process.env.DATABASE_URL, max: 1 })',
    messageId: 'perRequest',
    runs: 'Lambda handler',
  },
  {
    file: 'src/lambda/order-events.ts',
    code: 'new Agent({ connect: { timeout: 2_000 } })',
    messageId: 'perRequest',
    runs: 'Lambda handler',
  },
  {
    file: 'src/routes/customers.ts',
    code: 'new Client({ connectionString: config.databaseUrl })',
    messageId: 'connectionPerRequest',
    runs: '`customers.get` handler',
  },
  {
    file: 'src/routes/customers.ts',
    code: 'new Client({ connectionString: config.databaseUrl })',
    messageId: 'connectionPerRequest',
    runs: '`customers.get` handler',
  },
  {
    file: 'src/routes/customers.ts',
    code: 'new Client({ connectionString: config.databaseUrl })',
    messageId: 'sessionPerRequest',
    runs: '`customers.post` handler',
    stays: 'a transaction needs one connection for all of its statements',
  },
  {
    file: 'src/routes/orders.ts',
    code: 'new Pool({ connectionString: config.databaseUrl })',
    messageId: 'perRequest',
    runs: '`orders.get` handler',
  },
  {
    file: 'src/routes/orders.ts',
    code: 'new Agent({ headersTimeout: 5_000 })',
    messageId: 'perRequest',
    runs: '`orders.post` handler',
  },
  {
    file: 'src/routes/orders.ts',
    code: 'new Pool({ connectionString: config.databaseUrl })',
    messageId: 'perRequest',
    runs: '`orders.get` handler',
  },
  {
    file: 'src/routes/orders.ts',
    code: 'new Pool({ connectionString: config.databaseUrl, max: 2 })',
    messageId: 'perRequest',
    runs: '`orders.get` handler → `loadOrder()` → `connect()`',
  },
  {
    file: 'src/routes/reports.ts',
    code: 'new Pool({ connectionString: config.databaseUrl, statement_timeout: 60_000 })',
    messageId: 'perRequest',
    runs: '`router.get` handler',
  },
  {
    file: 'src/routes/reports.ts',
    code: 'new Pool({ connectionString: databaseUrl(`tenant_${req.params.tenant}`) })',
    messageId: 'perTenant',
    runs: '`router.get` handler',
    stays: 'the request says which database',
  },
  {
    file: 'src/routes/shipping.ts',
    code: 'new http.Agent({ keepAlive: true })',
    messageId: 'perRequest',
    runs: '`shipping.get` handler',
  },
  {
    file: 'src/routes/shipping.ts',
    code: 'new Agent({ bodyTimeout: 5_000 })',
    messageId: 'perRequest',
    runs: '`shipping.get` handler',
  },
  {
    file: 'src/routes/shipping.ts',
    code: 'new Client(config.carrierUrl)',
    messageId: 'perRequest',
    runs: '`shipping.get` handler',
  },
  {
    file: 'src/routes/shipping.ts',
    code: 'new http.Agent({ keepAlive: true, maxSockets: 4 })',
    messageId: 'perRequest',
    runs: '`shipping.get` handler → `new LabelPrinter()`',
  },
  {
    file: 'src/server.ts',
    code: 'new Client({ connectionString: config.databaseUrl, connectionTimeoutMillis: 2_000 })',
    messageId: 'connectionPerRequest',
    runs: '`app.get` handler → `pingDatabase()`',
  },
];
