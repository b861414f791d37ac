import type { FrameworkDescriptor } from '../framework.js';

/** React: what is cached or remembered lives for one request or one render on a server. */
export const react: FrameworkDescriptor = {
  name: 'React',
  version: '19.3.1',
  modules: ['react'],
  registrations: [
    // Rendered on a server only where the component is known to be: the hooks run with it.
    { callee: '{useMemo,useState,useRef}', handlers: [{ arguments: [0] }], scope: 'inline', label: '`{callee}`' },
    {
      callee: 'cache',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: 'React `{callee}` function',
    },
  ],
  shutdownPhase: false,
};
