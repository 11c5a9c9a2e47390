import { generateOpenApiDocument, type OpenApiRouter } from 'trpc-to-openapi';
import { appRouter } from '../router.ts';

/** The REST API, described by OpenAPI 3.1. */
export function openApiDocument(options: { readonly version: string; readonly baseUrl: string }) {
  return generateOpenApiDocument(appRouter as unknown as OpenApiRouter, {
    title: 'Clocker',
    description: 'Docker clouds, applications and their entities. Send an API token as `Authorization: Bearer ck_…`.',
    version: options.version,
    baseUrl: `${options.baseUrl}/api/v1`,
  });
}
