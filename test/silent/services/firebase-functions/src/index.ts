import { PubSub } from '@google-cloud/pubsub';
import { Storage } from '@google-cloud/storage';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { setGlobalOptions } from 'firebase-functions';
import { onInit } from 'firebase-functions/v2/core';
import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { HttpsError, onCall, onRequest } from 'firebase-functions/v2/https';
import { onObjectFinalized } from 'firebase-functions/v2/storage';
import { databaseUrl, getPool } from './database';

initializeApp();
setGlobalOptions({ region: 'europe-west1', maxInstances: 20 });

const storage = new Storage();
let pubsub: PubSub;

onInit(() => {
  pubsub = new PubSub();
});

export const search = onRequest({ secrets: [databaseUrl], cors: true }, async (request, response) => {
  const { rows } = await getPool().query(
    'SELECT id, title FROM articles WHERE tsv @@ plainto_tsquery($1) LIMIT 20',
    [request.query.q],
  );
  response.json(rows);
});

export const like = onCall({ secrets: [databaseUrl] }, async ({ auth, data }) => {
  if (!auth) throw new HttpsError('unauthenticated', 'sign in first');
  const client = await getPool().connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO likes (article, reader) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      data.article,
      auth.uid,
    ]);
    const { rows } = await client.query('SELECT count(*)::int AS likes FROM likes WHERE article = $1', [
      data.article,
    ]);
    await client.query('COMMIT');
    return rows[0];
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
});

export const announce = onDocumentCreated('articles/{id}', async (event) => {
  await pubsub.topic('articles').publishMessage({ json: { id: event.params.id } });
  await getFirestore().doc(`feed/${event.params.id}`).set({ at: new Date() });
});

export const resize = onObjectFinalized({ memory: '512MiB' }, async ({ data }) => {
  const [original] = await storage.bucket(data.bucket).file(data.name).download();
  const response = await fetch('https://resize.example/w/400', {
    method: 'POST',
    body: original,
    headers: { 'content-type': data.contentType ?? 'image/jpeg' },
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(await response.text());
  await storage
    .bucket(data.bucket)
    .file(`small/${data.name}`)
    .save(Buffer.from(await response.arrayBuffer()));
});
