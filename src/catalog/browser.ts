/** Signs that a file runs in a browser, where the platform looks after sockets. */

/** Modules that only browser code imports; a star stands for the rest of a name. */
export const BROWSER_MODULES: readonly string[] = [
  '@angular/*',
  '@apollo/client/react',
  '@remix-run/react',
  '@sveltejs/kit/client',
  '@tanstack/react-query',
  '@tanstack/vue-query',
  '@trpc/react-query',
  '$app/navigation',
  '$app/stores',
  'client-only',
  'jquery',
  'mobx-react',
  'next/router',
  'preact*',
  'react-dom*',
  'react-native*',
  'react-redux',
  'react-router-dom',
  'solid-js*',
  'svelte*',
  'swr*',
  'vue*',
  'zustand*',
];

/** Names that, imported from these modules, run in a browser only; other names of them also render on a server. */
export const BROWSER_IMPORTS: Readonly<Record<string, RegExp>> = {
  react:
    /^(?:use(?:State|Effect|LayoutEffect|InsertionEffect|Ref|Reducer|Callback|Context|SyncExternalStore|Transition|ImperativeHandle|Memo|ActionState|Optimistic)|createContext|Component|PureComponent)$/u,
  'next/navigation': /^use[A-Z]/u,
  'react-router': /^use[A-Z]/u,
};

/** Globals that only browsers have. */
export const BROWSER_GLOBALS: readonly string[] = [
  'alert',
  'chrome',
  'document',
  'FileReader',
  'history',
  'HTMLElement',
  'localStorage',
  'location',
  'sessionStorage',
  'window',
  'XMLHttpRequest',
];
