export default {
  poweredByHeader: false,
  compress: false,
  reactStrictMode: true,
  // The address that `npm run dev` prints.
  allowedDevOrigins: ['127.0.0.1'],
  images: { unoptimized: true },
  // `npm run check` has checked them already; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};
