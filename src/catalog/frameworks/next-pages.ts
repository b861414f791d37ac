import type { FrameworkDescriptor } from '../framework.js';

/** Next.js, pages router. */
export const nextPages: FrameworkDescriptor = {
  name: 'Next.js (pages router)',
  version: '16.4.6',
  modules: ['next'],
  application: { members: ['socket.server'] },
  types: [
    {
      type: '{NextApiHandler,GetServerSideProps,GetStaticProps,GetStaticPaths}',
      annotates: 'function',
      scope: 'request',
      label: '{name}()',
    },
    {
      type: '{NextApiRequest,NextApiResponse,GetServerSidePropsContext,NextPageContext}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}()',
    },
  ],
  conventions: [
    { file: /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/u, exports: ['default'], scope: 'request', label: 'API route {name}()' },
    {
      file: /(?:^|\/)pages\/.*\.[jt]sx?$/u,
      exports: ['getServerSideProps', 'getStaticProps', 'getStaticPaths'],
      scope: 'request',
      label: '{name}()',
    },
  ],
  shutdownPhase: false,
};
