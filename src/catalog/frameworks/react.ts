import type { FrameworkDescriptor } from '../framework.js';

/** React: what is cached or remembered lives for one request or one render on a server. */
export const react: FrameworkDescriptor = {
  name: 'React',
  version: '19.3.1',
  modules: ['react'],
  registrations: [
    {
      callee: '{cache,useMemo,useState,useRef,useCallback}',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: 'React `{callee}` function',
    },
  ],
  shutdownPhase: false,
};
