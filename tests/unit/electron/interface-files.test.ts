import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serveInterface } from '../../../electron/interface-files.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('serves the interface with its policy, and no other file', async () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'ui/assets'), { recursive: true })
  writeFileSync(join(root, 'ui/index.html'), '<!doctype html>')
  writeFileSync(join(root, 'ui/assets/a b.js'), '1')
  writeFileSync(join(root, 'secret.js'), 'secret')
  const get = (url: string, method = 'GET'): Promise<Response> => serveInterface(join(root, 'ui'), { url, method })

  const page = await get('app://ui/')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe-(inline|eval)|http:|https:|\*/)
  expect((await get('app://ui/assets/a%20b.js')).status).toBe(200)

  const refused = [
    'app://ui/../secret.js',
    'app://ui/..%2fsecret.js',
    'app://ui/%2e%2e/secret.js',
    'app://ui/%2e%2e%2fsecret.js',
    'app://ui/..%5csecret.js',
    'app://ui//etc/passwd',
    'app://ui/%00index.html',
    'app://ui/assets',
    'app://ui/%zz.js',
    'app://evil/index.html',
  ]
  for (const url of refused) expect((await get(url)).status, url).toBe(404)
  expect((await get('app://ui/', 'POST')).status).toBe(404)
})
