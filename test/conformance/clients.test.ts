/** Every fact of the catalog about how clients connect, close and fail is asserted on the installed library, or says why it is not. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeFacts } from './facts/describe.js';
import { creatorIds } from './facts/ids.js';

await describeFacts(
  'clients',
  creatorIds,
  'facts about clients',
  readdirSync(path.join(import.meta.dirname, 'facts', 'clients')),
);
