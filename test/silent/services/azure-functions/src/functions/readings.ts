import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { cosmos, senderOf } from '../lib/clients.js';

const readings = cosmos.database('telemetry').container('readings');

async function postReading(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const reading = (await request.json()) as { device: string; value: number };
  const { resource } = await readings.items.create({ ...reading, id: context.invocationId });
  if (reading.value > 100) await senderOf('alerts').sendMessages({ body: resource });
  return { status: 202 };
}

app.http('postReading', {
  route: 'readings',
  methods: ['POST'],
  authLevel: 'function',
  handler: postReading,
});

app.get('getReadings', {
  route: 'readings/{device}',
  handler: async (request) => {
    const { resources } = await readings.items
      .query({
        query: 'SELECT TOP 50 * FROM r WHERE r.device = @device',
        parameters: [{ name: '@device', value: request.params.device }],
      })
      .fetchAll();
    return { jsonBody: resources };
  },
});
