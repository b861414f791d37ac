import { closeMetrics, metrics } from "./src/metrics.ts";
import { move, notes, sql } from "./src/db.ts";

const routes: Record<string, (request: Request, url: URL) => Promise<Response>> = {
  "GET /notes": async (_request, url) =>
    Response.json(await notes(url.searchParams.get("owner") ?? "")),
  "POST /moves": async (request) => {
    const { from, to } = await request.json();
    await move(from, to);
    return new Response(null, { status: 204 });
  },
  "GET /quote": async () => {
    const response = await fetch("https://quotes.example/today", {
      signal: AbortSignal.timeout(2000),
    });
    if (response.ok) return new Response(await response.text());
    await response.body?.cancel();
    return new Response("nothing today", { status: 502 });
  },
};

const server = Deno.serve({
  port: 8000,
  onListen: ({ port }) => console.log(`listening on ${port}`),
  handler: async (request) => {
    const url = new URL(request.url);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) return new Response("not found", { status: 404 });
    const start = performance.now();
    try {
      return await route(request, url);
    } finally {
      await metrics().query("INSERT INTO timings (path, ms) VALUES ($1, $2)", [
        url.pathname,
        performance.now() - start,
      ]);
    }
  },
});

const stop = async () => {
  await server.shutdown();
  await Promise.all([sql.end({ timeout: 5 }), closeMetrics()]);
};
Deno.addSignalListener("SIGINT", stop);
Deno.addSignalListener("SIGTERM", stop);
