import type { FrameworkDescriptor } from '../framework.js';

/** Next.js, app router. */
export const nextApp: FrameworkDescriptor = {
  name: 'Next.js (app router)',
  version: '16.4.6',
  modules: ['next', 'next/server', 'next/cache', 'next/headers'],
  registrations: [
    { callee: '{after,unstable_after}', handlers: [{ arguments: [0] }], scope: 'request', label: '`after` callback' },
    { callee: 'unstable_cache', handlers: [{ arguments: [0] }], scope: 'request', label: '`unstable_cache` function' },
  ],
  types: [{ type: 'NextRequest', annotates: 'parameter', scope: 'request', label: '{name}() handler' }],
  directives: [
    { directive: 'use server', scope: 'request', label: 'server action {name}()' },
    { directive: 'use cache', scope: 'request', label: 'cached function {name}()' },
  ],
  conventions: [
    {
      file: /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/u,
      exports: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'],
      scope: 'request',
      label: 'route handler {name}()',
    },
    {
      file: /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default|not-found|loading|error)\.[jt]sx?$/u,
      exports: ['default', 'generateMetadata', 'generateStaticParams', 'generateViewport'],
      scope: 'request',
      label: '{name}()',
    },
    { file: /(?:^|\/)instrumentation\.[cm]?[jt]s$/u, exports: ['register'], scope: 'startup', label: 'instrumentation' },
    { file: /./u, exports: ['*'], scope: 'request', label: 'server action {name}()', directive: 'use server' },
  ],
  hotReload: { dependencies: ['next'] },
  runtime: [{ runtime: 'edge', exportedConstant: { name: 'runtime', values: ['edge', 'experimental-edge'] } }],
  shutdownPhase: false,
};
