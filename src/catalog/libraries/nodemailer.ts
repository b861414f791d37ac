import type { LibraryDescriptor, Timeout } from '../descriptor.js';

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
          mode: 'graceful',
          note: 'gives back nothing; mails being sent go on, with { force: true } they fail; queued and later ones reject with "Connection pool was closed"',
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
  limits: [
    {
      option: 'maxConnections',
      bounds: 'connections',
      default: 5,
      zero: 'default',
      null: 'default',
      nan: 'default',
      note: 'read with pool: true only; null and NaN: source',
    },
    {
      option: 'maxMessages',
      bounds: 'uses',
      default: 100,
      zero: 'default',
      null: 'default',
      nan: 'default',
      note: 'read with pool: true only; null and NaN: source',
    },
  ],
  timeouts: [
    ...(
      [
        ['connectionTimeout', 'connect', 120_000],
        ['greetingTimeout', 'connect', 30_000],
        ['dnsTimeout', 'dns', 30_000],
        ['socketTimeout', 'socket', 600_000],
      ] as const
    ).map(([option, phase, time]): Timeout => ({
      option,
      covers: [phase],
      unit: 'ms',
      default: time,
      ...(option === 'socketTimeout' ? { measures: 'silence' } : {}),
      zero: 'default',
      null: 'default',
      nan: 'default',
      evidence: 'source',
    })),
    {
      option: 'idleTimeout',
      covers: ['idle'],
      unit: 'ms',
      default: 240_000,
      null: 'default',
      text: 'default',
      note: 'with pool: true only; null and text: source',
    },
  ],
  waits: [{ for: 'connect', default: 120_000, endedBy: ['connectionTimeout'], evidence: 'source' }],
  keepAlive: [
    {
      option: 'pool',
      default: false,
      unless: ['jsonTransport', 'streamTransport', 'sendmail', 'SES', 'url', 'direct'].map((property) => ({
        test: 'has-property',
        argument: 0,
        property,
      })),
      note: 'without it each mail opens an SMTP connection, even with a shared transport',
    },
  ],
  holdsProcess: 'until-idle-timeout',
  notes: [
    'A pool that is not closed keeps the process alive until its connections were idle for four minutes; a transport without a pool does not.',
  ],
};
