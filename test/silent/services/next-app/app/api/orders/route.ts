import { NextResponse, type NextRequest } from 'next/server';
import { pool } from '@/lib/db';

export const runtime = 'nodejs';

export async function GET(request: NextRequest) {
  const customer = request.nextUrl.searchParams.get('customer');
  const { rows } = await pool.query('SELECT id, total FROM orders WHERE customer_id = $1', [customer]);
  return NextResponse.json(rows);
}

export async function POST(request: NextRequest) {
  const upstream = await fetch(process.env.FULFILMENT_URL!, {
    method: 'POST',
    body: await request.text(),
    headers: { 'content-type': 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(8_000),
  });
  if (!upstream.ok) {
    return NextResponse.json({ error: await upstream.text() }, { status: 502 });
  }
  return NextResponse.json(await upstream.json(), { status: 201 });
}
