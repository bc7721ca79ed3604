import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '@trunkline/contracts';
import { ACCESS } from '../modules/auth/access.js';
import { componentOf } from './components.js';
import { EXAMPLES } from './examples.js';
import { addSandbox } from './sandbox.paths.js';
import { describeCodes } from './verb.js';

type Operation = OpenAPIObject['paths'][string]['get'] & object;

const intro = `Every route needs a session or a key, except those that say so. Send a key as \`X-Api-Key\` or as a bearer.

Lists are paged: pass \`nextCursor\` as \`cursor\`; null means the end. A failure has one shape everywhere, and its \`code\`
never changes. Fields and events may be added; ignore what you do not know.`;

/** The document of /api/docs/json: what Nest finds on the routes, mended where it knows less than we do. */
export function createDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Trunkline')
    .setDescription(intro)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, 'key')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'A key.' }, 'bearer')
    .addCookieAuth(
      'trunkline.session_token',
      { type: 'apiKey', in: 'cookie', name: 'trunkline.session_token' },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    standardSchemaConverter: componentOf,
  });
  addSandbox(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) complete(path, method, operation as Operation);
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (EXAMPLES[name]) Object.assign(schema, { examples: EXAMPLES[name] });
  }
  return document;
}

/** What every route may answer, by what it is. */
function complete(path: string, method: string, operation: Operation): void {
  const sandbox = path.startsWith('/api/sandbox/');
  const route = sandbox ? '/api/sandbox/*' : path.replaceAll(/\{(\w+)\}/g, ':$1');
  const least = ACCESS[`${method.toUpperCase()} ${route}`];
  const open = least === 'open';
  operation.security = open ? [] : [{ key: [] }, { bearer: [] }, { session: [] }];
  if (!open) operation.description = [operation.description, `Needs the role ${least}.`].filter(Boolean).join(' ');
  const common: ErrorCode[] = ['too_many_requests', 'internal', 'unavailable'];
  if (!open || path.includes('/auth/') || path.includes('/setup')) common.push('unauthenticated', 'forbidden');
  if (operation.requestBody || operation.parameters?.length) common.push('validation_failed');
  if (operation.requestBody && 'content' in operation.requestBody) operation.requestBody.required = true;
  for (const code of common) addRefusal(operation, code);
}

function addRefusal(operation: Operation, code: ErrorCode): void {
  const told = operation.responses[ERROR_CODES[code]];
  if (told && 'description' in told) {
    if (!told.description.includes(`\`${code}\``)) told.description += ` ${describeCodes([code])}`;
    return;
  }
  const schema = { $ref: '#/components/schemas/Error' };
  operation.responses[ERROR_CODES[code]] = {
    description: describeCodes([code]),
    content: { 'application/json': { schema } },
  };
}
