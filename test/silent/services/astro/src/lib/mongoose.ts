import mongoose from 'mongoose';

const cached = (globalThis as any).__mongoose ?? ((globalThis as any).__mongoose = { promise: null });

export function connect(): Promise<typeof mongoose> {
  cached.promise ??= mongoose.connect(import.meta.env.MONGODB_URI, {
    maxPoolSize: 10,
    maxIdleTimeMS: 60_000,
    serverSelectionTimeoutMS: 5_000,
    waitQueueTimeoutMS: 5_000,
    socketTimeoutMS: 20_000,
    bufferCommands: false,
  });
  return cached.promise;
}

const talk = new mongoose.Schema({ title: String, speaker: String, seats: Number });

export const Talk = mongoose.models.Talk ?? mongoose.model('Talk', talk);
