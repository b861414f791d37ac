import { Form, redirect } from 'react-router';
import { prisma, redis, warehouse } from '../services/clients.server';
import type { Route } from './+types/tickets';

export const middleware: Route.MiddlewareFunction[] = [
  async ({ request }, next) => {
    const key = `hits:${new URL(request.url).pathname}`;
    await redis.incr(key);
    return next();
  },
];

export async function loader({ request }: Route.LoaderArgs) {
  const state = new URL(request.url).searchParams.get('state') ?? 'open';
  const [tickets, [{ total }]] = await Promise.all([
    prisma.ticket.findMany({ where: { state }, take: 50 }),
    warehouse<{ total: number }[]>`SELECT count(*)::int AS total FROM tickets WHERE state = ${state}`,
  ]);
  return { tickets, total };
}

export async function action({ request }: Route.ActionArgs) {
  const form = await request.formData();
  const ticket = await prisma.$transaction(async (tx) => {
    const created = await tx.ticket.create({ data: { title: String(form.get('title')) } });
    await tx.event.create({ data: { ticketId: created.id, type: 'created' } });
    return created;
  });
  await redis.publish('tickets', JSON.stringify(ticket));
  return redirect(`/tickets/${ticket.id}`);
}

// Runs in the browser, where a call is not a server's.
export async function clientLoader({ serverLoader }: Route.ClientLoaderArgs) {
  const cached = sessionStorage.getItem('tickets');
  return cached ? JSON.parse(cached) : serverLoader();
}

export default function Tickets({ loaderData }: Route.ComponentProps) {
  return (
    <Form method="post">
      <h1>{loaderData.total} tickets</h1>
      <input name="title" required />
    </Form>
  );
}
