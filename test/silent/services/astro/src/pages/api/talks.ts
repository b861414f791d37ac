import type { APIRoute } from 'astro';
import mongoose from 'mongoose';
import { Talk } from '../../lib/mongoose';

export const prerender = false;

export const GET: APIRoute = async () => Response.json(await Talk.find().limit(100).lean());

export const POST: APIRoute = async ({ request }) => {
  const { talkId, email } = await request.json();
  const session = await mongoose.startSession();
  try {
    await session.withTransaction(async () => {
      const talk = await Talk.findOneAndUpdate(
        { _id: talkId, seats: { $gt: 0 } },
        { $inc: { seats: -1 } },
        { session },
      );
      if (!talk) throw new Error('full');
      await mongoose.connection.collection('bookings').insertOne({ talkId, email }, { session });
    });
    return new Response(null, { status: 201 });
  } finally {
    await session.endSession();
  }
};

export const ALL: APIRoute = () => new Response(null, { status: 405 });
