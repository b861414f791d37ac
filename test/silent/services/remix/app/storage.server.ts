import { PassThrough } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { writeAsyncIterableToWritable, type UploadHandler } from '@remix-run/node';
import { singleton } from './utils/singleton.server';

const s3 = singleton(
  's3',
  () =>
    new S3Client({
      region: 'eu-central-1',
      requestHandler: {
        connectionTimeout: 1_000,
        requestTimeout: 10_000,
        throwOnRequestTimeout: true,
        httpsAgent: { maxSockets: 25 },
      },
    }),
);

export const uploadPhoto: UploadHandler = async ({ name, data, contentType }) => {
  if (name !== 'photo') return undefined;
  const body = new PassThrough();
  const upload = new Upload({
    client: s3,
    params: { Bucket: process.env.BUCKET, Key: crypto.randomUUID(), Body: body, ContentType: contentType },
  });
  const [, { Key }] = await Promise.all([writeAsyncIterableToWritable(data, body), upload.done()]);
  return Key;
};
