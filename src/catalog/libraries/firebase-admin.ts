import type { LibraryDescriptor } from '../descriptor.js';

/** Firebase Admin SDK. */
export const firebaseAdmin: LibraryDescriptor = {
  name: 'firebase-admin',
  version: '13.10.0',
  modules: [
    'firebase-admin',
    'firebase-admin/app',
    'firebase-admin/firestore',
    'firebase-admin/database',
    'firebase-admin/messaging',
  ],
  creators: [
    {
      api: 'initializeApp',
      modules: ['firebase-admin', 'firebase-admin/app'],
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      idempotent: true,
      close: [{ method: 'delete', async: true, mode: 'forced', note: 'or deleteApp(app) of firebase-admin/app' }],
      closedBy: ['deleteApp'],
      cost: 'owns the HTTP and gRPC clients of its services',
      note: 'the same configuration again gives the same app back, another one under the same name throws "already exists with a different configuration"; older majors throw on any second call (docs)',
    },
  ],
  cheap: [
    { api: '{getApp,getApps}', modules: ['firebase-admin/app'], why: 'give back apps that exist' },
    { api: 'getFirestore', modules: ['firebase-admin/firestore'], why: 'made once for each app' },
  ],
  holdsProcess: 'unknown',
  notes: ['the usual guard is getApps().length ? getApp() : initializeApp()', 'getAuth(app) is made once for each app too'],
};
