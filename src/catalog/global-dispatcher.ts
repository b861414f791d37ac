import type { Wait } from './descriptor.js';

/** The dispatcher of the process, which the fetch of Node and that of undici share: its times hold where a call has none. */
export const globalDispatcher: NonNullable<Wait['setBy']> = [{ module: 'undici', api: '{setGlobalDispatcher,install}' }];
