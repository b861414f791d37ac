/**
 * Services as text, full of clients. The same text every time, so that numbers of two runs can be compared.
 *
 * Of 1,984 files in 22 open-source services that import clients, the twentieth with the most calls of them has 270 calls, 2 creation sites
 * and less than one checkout or response that must be read in 1,000 lines, and one report in 10,000 lines. The usual mix has about as many
 * calls and more of everything else; in the careless one every second block that can be wrong is wrong, which no kept code is.
 */

/** A file that exists only as text. */
export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** How the blocks are mixed. */
export type Mix = 'careless' | 'usual';

type Framework = 'express' | 'fastify' | 'lambda';

interface Dialect {
  readonly framework: Framework;
  readonly typescript: boolean;
  readonly modules: 'commonjs' | 'esm';
}

const DIALECTS: readonly (Dialect & { readonly name: string })[] = [
  { name: 'express-routes.ts', framework: 'express', typescript: true, modules: 'esm' },
  { name: 'express-routes.mjs', framework: 'express', typescript: false, modules: 'esm' },
  { name: 'express-routes.cjs', framework: 'express', typescript: false, modules: 'commonjs' },
  { name: 'fastify-plugin.ts', framework: 'fastify', typescript: true, modules: 'esm' },
  { name: 'fastify-plugin.cjs', framework: 'fastify', typescript: false, modules: 'commonjs' },
  { name: 'lambda.ts', framework: 'lambda', typescript: true, modules: 'esm' },
  { name: 'lambda.mjs', framework: 'lambda', typescript: false, modules: 'esm' },
];

/** One file per dialect and part of the blocks: as long as files of services are. */
export function denseCorpus(copies: number, mix: Mix): readonly GeneratedFile[] {
  return Array.from({ length: copies }, (_, copy) =>
    DIALECTS.map((dialect) => ({
      name: `service${String(copy)}/src/${dialect.name}`,
      text: service(dialect, 200, copy, mix),
    })),
  ).flat();
}

/** One file of a given length. The mix of blocks is the same at every length. */
export function longFile(lines: number): GeneratedFile {
  const [dialect] = DIALECTS;
  if (!dialect) throw new Error('no dialect');
  return { name: 'src/long.ts', text: service(dialect, lines, 0, 'careless') };
}

// Blocks of clients and of plain code take turns; `first` moves the start of the cycle, so that short files differ from each other.
function service(dialect: Dialect, lines: number, first: number, mix: Mix): string {
  const parts = [head(dialect)];
  let written = lineCount(parts[0] ?? '');
  for (let n = 0; written < lines; n++) {
    const at = n + first * 5;
    const block = `${clients(at, n, dialect, mix)}\n${PLAIN[at % PLAIN.length]?.(n, dialect, false) ?? ''}`;
    parts.push(block);
    written += lineCount(block);
  }
  parts.push(tail(dialect));
  return parts.join('\n');
}

function clients(at: number, n: number, dialect: Dialect, mix: Mix): string {
  // An odd number of blocks: each of them comes in both ways.
  if (mix === 'careless') return CLIENTS[at % CLIENTS.length]?.(n, dialect, at % 2 === 0) ?? '';
  if (at % 4 !== 0) return CALLS[at % CALLS.length]?.(n, dialect, false) ?? '';
  const turn = at / 4;
  return CLIENTS[turn % CLIENTS.length]?.(n, dialect, turn % 8 === 0) ?? '';
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

const IMPORTS = [
  ['pg', '{ Pool, Client }'],
  ['undici', '{ Agent, request }'],
  ['ioredis', '{ Redis }'],
  ['mongodb', '{ MongoClient }'],
  ['axios', 'axios'],
  ['node:https', 'https'],
] as const;

function head({ framework, modules, typescript }: Dialect): string {
  const wanted: (readonly [module: string, names: string])[] = [...IMPORTS];
  if (framework === 'express') wanted.push(['express', 'express']);
  if (framework === 'fastify') wanted.push(['fastify', 'fastify']);
  if (framework === 'lambda' && !typescript) wanted.push(['@middy/core', 'middy']);
  const lines = wanted.map(([module, names]) =>
    modules === 'esm' ? `import ${names} from '${module}';` : `const ${names} = require('${module}');`,
  );
  if (typescript && framework === 'express') lines.push("import type { Request, Response } from 'express';");
  if (typescript && framework === 'lambda') lines.push("import type { APIGatewayProxyHandler } from 'aws-lambda';");
  lines.push(
    '',
    'const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });',
    "pool.on('error', (error) => console.error('idle client failed', error));",
    'const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 2 });',
    'const upstream = axios.create({ baseURL: process.env.UPSTREAM_URL, timeout: 2000 });',
    'const dispatcher = new Agent({ connections: 50, headersTimeout: 5000 });',
  );
  if (framework === 'express') lines.push('const app = express();', 'app.use(express.json());');
  if (framework === 'fastify') lines.push('const app = fastify({ logger: true });');
  lines.push('');
  return lines.join('\n');
}

function tail({ framework, modules }: Dialect): string {
  if (framework === 'lambda') return modules === 'esm' ? 'export { pool };\n' : 'module.exports.pool = pool;\n';
  const listen = framework === 'express' ? 'app.listen(3000);' : 'app.listen({ port: 3000 });';
  return `${listen}\nprocess.once('SIGTERM', async () => {\n  await pool.end();\n  await redis.quit();\n});\n`;
}

/** A function that a framework calls for every request, with `body` in it; `id` is what came with the request. */
function handler({ framework, modules, typescript }: Dialect, name: string, body: string): string {
  const inner = body.trimEnd().replace(/^(?=.)/gmu, '  ');
  if (framework === 'express') {
    const parameters = typescript ? 'req: Request, res: Response' : 'req, res';
    return `app.get('/${name}/:id', async (${parameters}) => {\n  const id = req.params.id;\n  const send = (value${typescript ? ': unknown' : ''}) => res.json(value);\n${inner}\n});\n`;
  }
  if (framework === 'fastify') {
    return `app.get('/${name}/:id', async (request, reply) => {\n  const { id } = request.params${typescript ? ' as { id: string }' : ''};\n  const send = (value${typescript ? ': unknown' : ''}) => reply.send(value);\n${inner}\n});\n`;
  }
  const start = modules === 'esm' ? `export const ${name}` : `exports.${name}`;
  const [open, close] = typescript
    ? [': APIGatewayProxyHandler = async (event) => {', '};']
    : [' = middy(async (event) => {', '});'];
  return `${start}${open}\n  const id = event.pathParameters?.id ?? '';\n  const send = (value${typescript ? ': unknown' : ''}) => ({ statusCode: 200, body: JSON.stringify(value) });\n${inner}\n${close}\n`;
}

type Block = (n: number, dialect: Dialect, careless: boolean) => string;

/** Writes a type annotation where the dialect has types. */
function typed({ typescript }: Dialect, annotation: string): string {
  return typescript ? `: ${annotation}` : '';
}

// What most of the code around clients does: it calls them.
const CALLS: readonly Block[] = [
  (n, d) => `
async function placeOrder${String(n)}(customer${typed(d, 'string')}, items${typed(d, 'string[]')}) {
  const { rows } = await pool.query('INSERT INTO orders (customer) VALUES ($1) RETURNING id', [customer]);
  const id = rows[0]?.id;
  for (const item of items) await pool.query('INSERT INTO items (order_id, sku) VALUES ($1, $2)', [id, item]);
  await pool.query('UPDATE customers SET orders = orders + 1 WHERE id = $1', [customer]);
  await redis.del(\`orders:\${customer}\`);
  const stock = await pool.query('SELECT sku, amount FROM stock WHERE sku = ANY($1)', [items]);
  await redis.set(\`stock:\${id}\`, JSON.stringify(stock.rows), 'EX', 30);
  await upstream.post('/orders', { id, customer, items }, { timeout: 3000 });
  return id;
}
`,
  (n, d) => `
async function visit${String(n)}(user${typed(d, 'string')}, page${typed(d, 'string')}) {
  await redis.incr(\`visits:\${page}\`);
  await redis.expire(\`visits:\${page}\`, 86400);
  await redis.sadd(\`pages:\${user}\`, page);
  const visits = Number(await redis.get(\`visits:\${page}\`));
  const friends = await redis.smembers(\`friends:\${user}\`);
  for (const friend of friends) {
    await redis.lpush(\`feed:\${friend}\`, JSON.stringify({ user, page, visits }));
    await redis.ltrim(\`feed:\${friend}\`, 0, 99);
  }
  if (visits % 100 === 0) await pool.query('UPDATE pages SET visits = $2 WHERE name = $1', [page, visits]);
  return redis.scard(\`pages:\${user}\`);
}
`,
  (n, d) => `
async function sync${String(n)}(account${typed(d, 'string')}) {
  const { data: profile } = await upstream.get(\`/accounts/\${account}\`);
  const { data: invoices } = await upstream.get(\`/accounts/\${account}/invoices\`, { params: { open: true } });
  await pool.query('UPDATE accounts SET name = $2 WHERE id = $1', [account, profile.name]);
  for (const invoice of invoices) {
    await pool.query('INSERT INTO invoices (id, total) VALUES ($1, $2) ON CONFLICT DO NOTHING', [invoice.id, invoice.total]);
    await upstream.patch(\`/invoices/\${invoice.id}\`, { seen: true });
  }
  await redis.hset(\`account:\${account}\`, { name: profile.name, open: invoices.length });
  await redis.expire(\`account:\${account}\`, 600);
  return invoices.length;
}
`,
];

const CLIENTS: readonly Block[] = [
  // Queries on the shared pool, through helpers of the file.
  (n, d) => `
async function findOrders${String(n)}(customer${typed(d, 'string')}, limit = 50) {
  const { rows } = await pool.query('SELECT id, total, status FROM orders WHERE customer = $1 LIMIT $2', [customer, limit]);
  return rows.map((row${typed(d, 'Record<string, unknown>')}) => ({ ...row, total: Number(row.total), open: row.status !== 'closed' }));
}

async function countOrders${String(n)}(customer${typed(d, 'string')}) {
  const result = await pool.query('SELECT count(*) AS n FROM orders WHERE customer = $1', [customer]);
  return Number(result.rows[0]?.n ?? 0);
}

${handler(
  d,
  `orders${String(n)}`,
  `const [orders, count] = await Promise.all([findOrders${String(n)}(id), countOrders${String(n)}(id)]);
if (count === 0) return send({ error: 'not found' });
return send({ orders, count });`,
)}`,
  // A transaction.
  (n, d) => `
async function transfer${String(n)}(from${typed(d, 'string')}, to${typed(d, 'string')}, amount${typed(d, 'number')}) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT balance FROM accounts WHERE id = $1 FOR UPDATE', [from]);
    if (Number(rows[0]?.balance ?? 0) < amount) {
      await client.query('ROLLBACK');
      return false;
    }
    await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [amount, from]);
    await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [amount, to]);
    await client.query('COMMIT');
    return true;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

${handler(d, `transfer${String(n)}`, `const done = await transfer${String(n)}(id, 'savings', ${String(n)});\nreturn send({ done });`)}`,
  // A report from a pool of its own, or from the shared one.
  (n, d, careless) =>
    handler(
      d,
      `report${String(n)}`,
      careless
        ? `const db = new Pool({ connectionString: process.env.REPORT_URL, max: 5 });
try {
  const { rows } = await db.query('SELECT day, sum(total) AS total FROM sales WHERE shop = $1 GROUP BY day', [id]);
  return send(rows);
} finally {
  await db.end();
}`
        : `const { rows } = await pool.query('SELECT day, sum(total) AS total FROM sales WHERE shop = $1 GROUP BY day', [id]);
return send(rows);`,
    ),
  // Requests to other services.
  (n, d, careless) =>
    `${handler(
      d,
      `rates${String(n)}`,
      `const response = await fetch(\`https://rates.example.com/\${id}\`, { signal: AbortSignal.timeout(2000) });
if (!response.ok) {
  await response.body?.cancel();
  return send({ error: response.status });
}
const rates = await response.json();
const { body, statusCode } = await request('https://stock.example.com/${String(n)}', { dispatcher });
if (statusCode === 404) {${careless ? '' : '\n  await body.dump();'}
  return send({ error: 'unknown' });
}
const stock = await body.json();
const { data } = await upstream.get('/prices', { params: { id } });
return send({ rates, stock, price: data.price });`,
    )}
async function notify${String(n)}(url${typed(d, 'string')}, payload${typed(d, 'unknown')}) {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(payload), signal: AbortSignal.timeout(5000) });
  const text = await answer.text();
  if (answer.status >= 500) throw new Error(\`notify failed: \${answer.status} \${text}\`);
  return answer.status;
}
`,
  // A repository class that is given its pool.
  (n, d) => `
class Customers${String(n)} {
${d.typescript ? '  constructor(private readonly pool: Pool, private readonly cache: Redis) {}' : '  constructor(pool, cache) {\n    this.pool = pool;\n    this.cache = cache;\n  }'}

  async byId(id${typed(d, 'string')}) {
    const hit = await this.cache.get(\`customer:\${id}\`);
    if (hit) return JSON.parse(hit);
    const { rows } = await this.pool.query('SELECT * FROM customers WHERE id = $1', [id]);
    const [customer] = rows;
    if (customer) await this.cache.set(\`customer:\${id}\`, JSON.stringify(customer), 'EX', 60);
    return customer ?? null;
  }

  async rename(id${typed(d, 'string')}, name${typed(d, 'string')}) {
    const client = await this.pool.connect();
    try {
      await client.query('UPDATE customers SET name = $2 WHERE id = $1', [id, name]);
      await this.cache.del(\`customer:\${id}\`);
    } finally {
      client.release();
    }
  }
}
const customers${String(n)} = new Customers${String(n)}(pool, redis);

${handler(d, `customer${String(n)}`, `const customer = await customers${String(n)}.byId(id);\nif (!customer) return send(null);\nreturn send({ ...customer, seen: ${String(n)} });`)}`,
  // A partner's API, with an agent per request or the shared instance.
  (n, d, careless) =>
    handler(
      d,
      `proxy${String(n)}`,
      `${
        careless
          ? `const agent = new https.Agent({ keepAlive: true, maxSockets: 10 });
const answer = await axios.get(\`https://partner.example.com/items/\${id}\`, { httpsAgent: agent, timeout: 3000 });`
          : 'const answer = await upstream.get(`/items/${id}`, { timeout: 3000 });'
      }
if (answer.status !== 200) return send({ error: answer.statusText });
const parsed = answer.data.items.filter((item${typed(d, '{ active: boolean }')}) => item.active);
return send({ items: parsed, page: ${String(n)} });`,
    ),
  // A client made by a helper that a handler reaches in two steps.
  (n, d, careless) => `
${careless ? '' : `const profiles${String(n)} = connectMongo${String(n)}();\n`}function connectMongo${String(n)}() {
  return new MongoClient(process.env.MONGO_URL ?? 'mongodb://localhost', { maxPoolSize: 20 });
}

async function loadProfile${String(n)}(user${typed(d, 'string')}) {
  ${careless ? `const client = connectMongo${String(n)}()` : `const client = profiles${String(n)}`};
  const profile = await client.db('app').collection('profiles').findOne({ user });
  ${careless ? 'await client.close();' : ''}
  return profile;
}

${handler(d, `profile${String(n)}`, `const profile = await loadProfile${String(n)}(id);\nreturn send(profile ?? { user: id, empty: true });`)}`,
  // A client that is kept once it was made.
  (n, d) => `
let archive${String(n)}${typed(d, 'MongoClient | undefined')};
async function getArchive${String(n)}() {
  if (!archive${String(n)}) {
    archive${String(n)} = new MongoClient(process.env.ARCHIVE_URL ?? 'mongodb://archive');
    await archive${String(n)}.connect();
  }
  return archive${String(n)};
}

${handler(
  d,
  `archive${String(n)}`,
  `const client = await getArchive${String(n)}();
const cursor = client.db('archive').collection('events').find({ subject: id }).limit(100);
const events = [];
for await (const event of cursor) events.push({ at: event.at, kind: event.kind });
return send({ events });`,
)}`,
  // One pool per tenant, kept in a map.
  (n, d) => `
const tenants${String(n)} = new Map${d.typescript ? '<string, Pool>' : ''}();
function tenantPool${String(n)}(tenant${typed(d, 'string')}) {
  let found = tenants${String(n)}.get(tenant);
  if (!found) {
    found = new Pool({ database: tenant, max: 4 });
    tenants${String(n)}.set(tenant, found);
  }
  return found;
}

${handler(d, `tenant${String(n)}`, `const { rows } = await tenantPool${String(n)}(id).query('SELECT now() AS now');\nreturn send({ now: rows[0]?.now, tenant: id });`)}`,
  // A connection per request, or one of the pool's.
  (n, d, careless) =>
    handler(
      d,
      `audit${String(n)}`,
      `const client = ${careless ? 'new Client({ connectionString: process.env.AUDIT_URL });\nawait client.connect();' : 'await pool.connect();'}
try {
  const { rows } = await client.query('SELECT actor, action FROM audit WHERE subject = $1', [id]);
  return send(rows.map((row${typed(d, '{ actor: string }')}) => row.actor));
} finally {
  ${careless ? 'await client.end();' : 'client.release();'}
}`,
    ),
  // Many requests at once, and a job.
  (n, d) => `
async function refresh${String(n)}(ids${typed(d, 'string[]')}) {
  const pages = await Promise.all(ids.map((id) => upstream.get(\`/page/\${id}\`)));
  const keys = await redis.keys('page:*');
  for (const key of keys) await redis.expire(key, 60 + ${String(n)});
  for (const page of pages) {
    try {
      await redis.set(\`page:\${page.data.id}\`, JSON.stringify(page.data));
    } catch (error) {
      console.error('page was not stored', error);
    }
  }
  return pages.length;
}
setInterval(() => {
  void refresh${String(n)}(['a', 'b', 'c']).catch((error) => console.error(error));
}, 60_000 + ${String(n)});
`,
];

const PLAIN: readonly Block[] = [
  (n, d) => `
function formatMoney${String(n)}(cents${typed(d, 'number')}, currency = 'EUR') {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, '0');
  return \`\${sign}\${whole}.\${rest} \${currency}\`;
}

function validate${String(n)}(input${typed(d, 'Record<string, unknown>')}) {
  const errors${typed(d, 'string[]')} = [];
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined || value === null) errors.push(\`\${key} is missing\`);
    else if (typeof value === 'string' && value.trim() === '') errors.push(\`\${key} is empty\`);
    else if (typeof value === 'number' && !Number.isFinite(value)) errors.push(\`\${key} is no number\`);
  }
  switch (errors.length) {
    case 0:
      return { ok: true, text: formatMoney${String(n)}(${String(n)}) };
    case 1:
      return { ok: false, text: errors[0] };
    default:
      return { ok: false, text: errors.join(', ') };
  }
}
`,
  (n, d) => `
${
  d.typescript
    ? `interface Page${String(n)} {
  readonly items: readonly string[];
  readonly next: string | null;
  readonly total: number;
}

`
    : ''
}class NotFound${String(n)} extends Error {
  constructor(what${typed(d, 'string')}, id${typed(d, 'string')}) {
    super(\`\${what} \${id} does not exist\`);
    this.name = 'NotFound';
  }
}

function paginate${String(n)}(items${typed(d, 'readonly string[]')}, cursor${typed(d, 'string | null')}, size = 20)${typed(d, `Page${String(n)}`)} {
  const start = cursor === null ? 0 : items.indexOf(cursor) + 1;
  if (cursor !== null && start === 0) throw new NotFound${String(n)}('cursor', cursor);
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  const more = last !== undefined && start + size < items.length;
  return { items: page, next: more ? last : null, total: items.length };
}
`,
  (n, d) => `
const TRANSITIONS${String(n)} = {
  draft: ['submitted', 'deleted'],
  submitted: ['approved', 'rejected'],
  approved: ['shipped'],
  rejected: ['draft'],
  shipped: [],
  deleted: [],
}${d.typescript ? ' as const' : ''};

function mayBecome${String(n)}(from${typed(d, 'string')}, to${typed(d, 'string')}) {
  const allowed${typed(d, 'Record<string, readonly string[]>')} = TRANSITIONS${String(n)};
  return allowed[from]?.includes(to) ?? false;
}

function summarize${String(n)}(lines${typed(d, 'readonly { sku: string; quantity: number; price: number }[]')}) {
  const bySku = new Map${d.typescript ? '<string, { quantity: number; total: number }>' : ''}();
  for (const { sku, quantity, price } of lines) {
    const known = bySku.get(sku) ?? { quantity: 0, total: 0 };
    bySku.set(sku, { quantity: known.quantity + quantity, total: known.total + quantity * price });
  }
  const rows = [...bySku].map(([sku, { quantity, total }]) => ({ sku, quantity, total, mean: total / quantity }));
  rows.sort((a, b) => b.total - a.total || a.sku.localeCompare(b.sku));
  return { rows, total: rows.reduce((sum, row) => sum + row.total, 0), open: mayBecome${String(n)}('draft', 'submitted') };
}
`,
];
