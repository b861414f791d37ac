import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import express, { type Express } from 'express';
import knex from 'knex';
import serverless, { type Handler } from 'serverless-http';

const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
const sts = new STSClient({ requestHandler: timeouts });

// The customer's bucket, in their account: credentials for this call alone.
async function bucketOf(roleArn: string, bucket: string): Promise<number> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'invoices', DurationSeconds: 900 }),
  );
  const s3 = new S3Client({
    requestHandler: timeouts,
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken,
    },
  });
  try {
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return KeyCount ?? 0;
  } finally {
    s3.destroy();
  }
}

async function bootstrap(): Promise<Express> {
  const db = knex({
    client: 'pg',
    connection: { connectionString: process.env.DATABASE_URL, statement_timeout: 5_000 },
    pool: { min: 0, max: 1, idleTimeoutMillis: 120_000 },
    acquireConnectionTimeout: 3_000,
  });
  const app = express();
  app.get('/invoices', async (req, res) => {
    res.json(await db('invoices').where({ customer: req.query.customer }).limit(50));
  });
  app.get('/customers/:id/files', async (req, res) => {
    const customer = await db('customers').where({ id: req.params.id }).first();
    res.json({ files: await bucketOf(customer.role_arn, customer.bucket) });
  });
  return app;
}

let cached: Handler | undefined;

export const handler: Handler = async (event, context) => {
  cached ??= serverless(await bootstrap());
  return cached(event, context);
};
