import { unverified, type LibraryChecks } from '../check.js';

const ofClient = (api: string): readonly string[] => ['connects', 'close', 'dispose'].map((fact) => `${api}: ${fact}`);

export default {
  library: 'Google Cloud',
  packages: [],
  checks: [
    unverified(ofClient('PubSub'), 'not installed: @google-cloud/pubsub, which needs the service or its emulator'),
    unverified(
      ['default', 'Firestore'].flatMap(ofClient),
      'not installed: @google-cloud/firestore, which needs the service or its emulator',
    ),
  ],
} satisfies LibraryChecks;
