import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { joinInside } from '../archive/files.ts'

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' archive: blob: data:",
  // Pictures alone are served there; fetched, they are decoded beside the interface's thread.
  "connect-src 'self' archive:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ')

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** One file of the interface. Anything but a plain path below its folder is refused. */
export async function serveInterface(folder: string, request: Pick<Request, 'url' | 'method'>): Promise<Response> {
  const refused = new Response('not found', { status: 404 })
  try {
    const url = new URL(request.url)
    if (url.host !== 'ui' || request.method !== 'GET') return refused
    const path = decodeURIComponent(url.pathname).replace(/^\//, '') || 'index.html'
    const type = mimeTypes[extname(path)]
    if (!type) return refused
    const body = await readFile(joinInside(folder, path))
    return new Response(new Uint8Array(body), {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': contentPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
      },
    })
  } catch {
    return refused
  }
}
