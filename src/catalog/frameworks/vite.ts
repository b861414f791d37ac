import type { FrameworkDescriptor } from '../framework.js';

/** Vite and the project template of its frameworks. */
export const vite: FrameworkDescriptor = {
  name: 'Vite',
  version: '8',
  modules: ['vite'],
  hotReload: { dependencies: ['vite'] },
  shutdownPhase: 'depends',
};
