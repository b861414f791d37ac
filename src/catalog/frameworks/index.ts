import type { FrameworkDescriptor } from '../framework.js';
import { express } from './express.js';

/** Every framework and platform of the catalog. */
export const frameworks: readonly FrameworkDescriptor[] = [express];
