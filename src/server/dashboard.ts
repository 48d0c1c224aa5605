// The dashboard's files: read once from the build, served with a policy under which nothing from elsewhere can run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const builtFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Scripts, styles, pictures and calls from and to this server alone; no frame around it. */
export const dashboardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': dashboardPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
  /** Its name changes with its content. */
  readonly isLasting: boolean;
}

function readBuilt(folder: string): ReadonlyMap<string, BuiltFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry): [string, BuiltFile] => {
      const path = join(entry.parentPath, entry.name);
      const plain = readFileSync(path);
      const name = relative(folder, path).split(sep).join('/');
      const type = types[extname(entry.name)] ?? 'application/octet-stream';
      return [name, { type, plain, zipped: gzipSync(plain), isLasting: name.startsWith('assets/') }];
    }),
  );
}

function send(request: FastifyRequest, reply: FastifyReply, file: BuiltFile): FastifyReply {
  const mayZip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (mayZip) void reply.header('content-encoding', 'gzip');
  return reply
    .headers(headers)
    .header('cache-control', file.isLasting ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    .type(file.type)
    .send(mayZip ? file.zipped : file.plain);
}

const NOT_BUILT = 'The dashboard is not built: run `npm run build`, then start the server again.\n';

/** Adds `/`, `/sign-in` and everything under `/dashboard`: files of the build, and for every other path the page itself. */
export function addDashboard(app: FastifyInstance, folder = builtFolder): void {
  // Read with the first request: a server that only guards needs none of it.
  let built: ReadonlyMap<string, BuiltFile> | null = null;
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (built === null && existsSync(join(folder, 'index.html'))) built = readBuilt(folder);
    const page = built?.get('index.html');
    if (built === null || page === undefined) return reply.status(503).type('text/plain').send(NOT_BUILT);
    // Browsers ask for it by themselves wherever a page names none.
    const name = request.url === '/favicon.ico' ? 'icon.svg' : /^\/dashboard\/([^?]+)/.exec(request.url)?.[1];
    const file = name === undefined ? undefined : built.get(name);
    if (file === undefined && name?.startsWith('assets/'))
      return reply.status(404).headers(headers).type('text/plain').send(`${name} does not exist.\n`);
    return send(request, reply, file ?? page);
  };
  for (const path of ['/', '/favicon.ico', '/sign-in', '/dashboard', '/dashboard/*']) app.get(path, serve);
}
