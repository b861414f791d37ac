import type { NextConfig } from 'next';

const config: NextConfig = { output: 'standalone', serverExternalPackages: ['pg', 'mongodb'] };

export default config;
