/** Every fact of the catalog about an option is asserted on the installed library, or says why it is not. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeFacts } from './facts/describe.js';
import { factIds } from './facts/ids.js';

await describeFacts(
  'libraries',
  factIds,
  'facts about options',
  readdirSync(path.join(import.meta.dirname, 'facts', 'libraries')),
);
