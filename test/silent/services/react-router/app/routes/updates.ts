import { Redis } from 'ioredis';
import type { Route } from './+types/updates';

/** One subscription for all open pages of this process. */
let subscriber: Redis | undefined;
const listeners = new Set<(message: string) => void>();

async function listen(onMessage: (message: string) => void): Promise<() => void> {
  if (!subscriber) {
    subscriber = new Redis(process.env.REDIS_URL!, { connectTimeout: 2_000, maxRetriesPerRequest: null });
    subscriber.on('error', (error) => console.error('subscriber', error.message));
    subscriber.on('message', (_channel, message) => {
      for (const listener of listeners) listener(message);
    });
    await subscriber.subscribe('tickets');
  }
  listeners.add(onMessage);
  return () => {
    listeners.delete(onMessage);
    if (listeners.size === 0) {
      subscriber?.disconnect();
      subscriber = undefined;
    }
  };
}

export async function loader({ request }: Route.LoaderArgs) {
  const encoder = new TextEncoder();
  let stop: () => void;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      stop = await listen((message) => controller.enqueue(encoder.encode(`data: ${message}\n\n`)));
      if (request.signal.aborted) stop();
      else request.signal.addEventListener('abort', () => stop());
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
