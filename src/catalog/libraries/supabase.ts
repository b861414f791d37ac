import type { LibraryDescriptor } from '../descriptor.js';

/** Supabase client over HTTP. */
export const supabase: LibraryDescriptor = {
  name: '@supabase/supabase-js',
  version: '2.109.0',
  modules: ['@supabase/supabase-js', '@supabase/ssr'],
  creators: [],
  cheap: [
    {
      api: 'createClient',
      modules: ['@supabase/supabase-js'],
      why: 'goes over fetch (docs) and opens no socket of its own; one per request is normal for a client of a user (docs)',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'on Node.js 20 the constructor throws without realtime.transport (no native WebSocket)',
    'removeAllChannels() and auth.stopAutoRefresh() end channels and timers (docs); whether the timers keep the process alive is unverified',
  ],
};
