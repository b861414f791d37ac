import type { LibraryDescriptor } from '../descriptor.js';

/** Mail transports. */
export const nodemailer: LibraryDescriptor = {
  name: 'nodemailer',
  version: '10.6.0',
  modules: ['nodemailer'],
  creators: [
    {
      api: 'createTransport',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'close',
          async: false,
          mode: 'forced',
          note: 'gives back nothing; sending afterwards rejects with "Connection pool was closed"',
        },
      ],
      dispose: { sync: false, async: false },
      ownsWhen: [
        { test: 'property-is', argument: 0, property: 'pool', values: [true] },
        { test: 'property-matches', argument: 0, property: 'url', pattern: /[?&]pool=(?:true|1)(?:&|$)/ },
        { test: 'matches', argument: 0, pattern: /[?&]pool=(?:true|1)(?:&|$)/ },
      ],
      cost: 'keeps up to 5 SMTP connections of its own',
    },
  ],
  cheap: [
    {
      api: 'createTransport',
      why: 'without pool: true nothing is kept, but each mail has an SMTP connection of its own, even on a shared transport',
    },
  ],
  holdsProcess: 'until-idle-timeout',
  notes: [
    'A pool that is not closed keeps the process alive until its connections were idle for four minutes; a transport without a pool does not.',
    'Whether close() of a pool waits for mails being sent is unverified.',
  ],
};
