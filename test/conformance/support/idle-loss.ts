import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LibraryDescriptor } from '../../../src/catalog/descriptor.js';
import { startChild } from '../../support/child.js';
import type { Database } from './database.js';
import { entryFor } from './entries.js';
import { IDLE_CLIENTS } from './idle-clients.js';

const PROGRAM = fileURLToPath(new URL('./idle-program.ts', import.meta.url));

/** Describes what becomes of a process whose idle client loses its server, with and without an error listener. */
export function describeIdleLoss(library: LibraryDescriptor, database: () => Database): void {
  describe(`${library.name}: a server that hangs up on an idle client`, () => {
    for (const [name, { module, steps }] of Object.entries(IDLE_CLIENTS)) {
      if (!library.modules.includes(module)) continue;
      const { errorEvent } = entryFor(library.creators, steps, module);
      const crashes = errorEvent?.crashesProcess === true;
      it(`${crashes ? 'ends' : 'does not end'} the process: ${name}`, async () => {
        expect(await loss(name)).toBe(crashes ? 'crashed' : 'survived');
      });
      if (crashes) {
        it(`does not where ${name} has a listener to '${errorEvent.event}'`, async () => {
          expect(await loss(name, errorEvent.event)).toBe('survived');
        });
      }
    }
  });

  async function loss(name: string, ...listenTo: readonly string[]): Promise<'survived' | 'crashed'> {
    const child = startChild([PROGRAM, name, String(database().port), ...listenTo], process.cwd(), {});
    try {
      const [session] = await child.says(/^idle (\d+)$/mu);
      const survived = child.says(/^survived$/mu).then(
        () => 'survived' as const,
        () => 'crashed' as const,
      );
      await database().kill(Number(session));
      return await survived;
    } finally {
      child.kill();
    }
  }
}
