export default { poweredByHeader: false, compress: false, reactStrictMode: true, images: { unoptimized: true } };
