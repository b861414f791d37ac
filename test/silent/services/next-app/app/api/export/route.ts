import { mongo } from '@/lib/mongo';

export const dynamic = 'force-dynamic';

export async function GET() {
  const client = await mongo();
  const cursor = client.db().collection('events').find({}, { batchSize: 500, maxTimeMS: 30_000 });
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const event = await cursor.next();
      if (event) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      else controller.close();
    },
    cancel: () => cursor.close(),
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
}
