import path from 'node:path';
import type { NextConfig } from 'next';

/** The workspace root: pages import packages beside them, and the standalone copy must hold those too. */
const workspace = path.join(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  poweredByHeader: false,
  reactStrictMode: true,
  // The API is in front and compresses or not as the operator says.
  compress: false,
  images: { unoptimized: true },
  // `npm run check` does the types; a first start need not do them again.
  typescript: { ignoreBuildErrors: true },
  // The folders that hold pages, for who shortens an address.
  redirects: async () => [
    { source: '/marketing', destination: '/marketing/whatsapp/accounts', permanent: false },
    { source: '/marketing/whatsapp', destination: '/marketing/whatsapp/accounts', permanent: false },
    { source: '/settings', destination: '/settings/keys', permanent: false },
  ],
  experimental: { optimizePackageImports: ['radix-ui'] },
};

export default config;
