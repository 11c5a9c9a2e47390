export default {
  poweredByHeader: false,
  compress: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` has checked them already; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};
