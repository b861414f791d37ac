import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSBatchResponse, SQSHandler } from 'aws-lambda';
import postgres, { type Sql } from 'postgres';

const secrets = new SecretsManagerClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

let connecting: Promise<Sql> | undefined;

// The secret is read once per environment, not while the module loads: a failure would take the whole start with it.
const database = () =>
  (connecting ??= (async () => {
    const { SecretString } = await secrets.send(
      new GetSecretValueCommand({ SecretId: process.env.SECRET_ARN }),
    );
    const { host, username, password } = JSON.parse(SecretString!) as Record<string, string>;
    return postgres({
      host,
      username,
      password,
      database: 'invoices',
      max: 1,
      connect_timeout: 3,
      idle_timeout: 60,
      max_lifetime: 600,
      connection: { statement_timeout: 5_000 },
    });
  })().catch((error) => {
    connecting = undefined;
    throw error;
  }));

export const handler: SQSHandler = async (event): Promise<SQSBatchResponse> => {
  const sql = await database();
  const failed: string[] = [];
  for (const record of event.Records) {
    try {
      const { invoice, amount } = JSON.parse(record.body);
      await sql.begin(async (tx) => {
        await tx`INSERT INTO payments (invoice, amount) VALUES (${invoice}, ${amount})`;
        await tx`UPDATE invoices SET paid = paid + ${amount} WHERE id = ${invoice}`;
      });
    } catch (error) {
      console.error(record.messageId, error);
      failed.push(record.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
