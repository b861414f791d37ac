import type { LoaderFunctionArgs } from '@remix-run/node';

async function getJson<T>(
  url: URL,
  { timeout = 3_000, ...init }: RequestInit & { timeout?: number } = {},
): Promise<T> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Response(await response.text(), { status: 502 });
  return (await response.json()) as T;
}

export async function loader({ params, request }: LoaderFunctionArgs) {
  const url = new URL(
    `https://api.nal.usda.gov/fdc/v1/foods/search?query=${encodeURIComponent(params.food ?? '')}`,
  );
  const { foods } = await getJson<{ foods: { fdcId: number; description: string }[] }>(url, {
    timeout: 5_000,
    headers: { 'accept-language': request.headers.get('accept-language') ?? 'en' },
  });
  return Response.json(foods.slice(0, 5));
}
