/**
 * Packages that fill `process.env` while the program starts, so that reading it earlier than before may find nothing.
 * `preload` ones do it before any module of the program runs.
 */
export const ENVIRONMENT_LOADERS: readonly { readonly name: string; readonly preload?: readonly string[] }[] = [
  { name: 'dotenv', preload: ['dotenv/config'] },
  { name: 'dotenv-flow', preload: ['dotenv-flow/config'] },
  { name: 'dotenv-expand', preload: ['dotenv-expand/config'] },
  { name: 'dotenv-safe', preload: ['dotenv-safe/config'] },
  { name: 'dotenv-defaults', preload: ['dotenv-defaults/config'] },
  { name: '@dotenvx/dotenvx', preload: ['@dotenvx/dotenvx/config'] },
  { name: '@dotenv-run/core' },
  { name: '@nestjs/config' },
  { name: '@next/env' },
  { name: 'custom-env' },
  { name: 'env-cmd' },
  { name: 'convict' },
  { name: 'config' },
  { name: 'nconf' },
];
