import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import { pool } from '../lib/database.js';

const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
const s3 = new S3Client({ requestHandler });
const sqs = new SQSClient({ requestHandler });

interface Invoice {
  customer: string;
  lines: { text: string; amount: number }[];
}

async function createInvoice(
  event: APIGatewayProxyEventV2 & { body: Invoice },
): Promise<APIGatewayProxyResultV2> {
  const { customer, lines } = event.body;
  const client = await pool.connect();
  let id: number;
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('INSERT INTO invoices (customer) VALUES ($1) RETURNING id', [
      customer,
    ]);
    id = rows[0].id;
    for (const { text, amount } of lines) {
      await client.query('INSERT INTO invoice_lines (invoice, text, amount) VALUES ($1, $2, $3)', [
        id,
        text,
        amount,
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
  await s3.send(
    new PutObjectCommand({ Bucket: process.env.BUCKET, Key: `${id}.json`, Body: JSON.stringify(event.body) }),
  );
  await sqs.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ id }) }),
  );
  return { statusCode: 201, body: JSON.stringify({ id }) };
}

export const handler = middy(createInvoice)
  .use(jsonBodyParser())
  .onError(async (request) => {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: process.env.DEAD_LETTERS, MessageBody: String(request.error) }),
    );
  });
