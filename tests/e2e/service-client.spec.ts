import { expect } from 'playwright/test'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import type { serviceClient as makeServiceClient } from '../../electron/service-client.ts'
import { test } from './app.ts'

interface Clerk {
  /** Answers who did it. */
  slow: (input: { ms: number }) => Promise<number>
  hang: () => Promise<never>
}

const clerk = `
process.parentPort.on('message', ({ data: { id, method, input } }) => {
  const say = (message) => process.parentPort.postMessage(message)
  if (method === 'alive') return say({ type: 'alive' })
  if (method === 'hang') for (;;);
  setTimeout(() => say({ type: 'reply', id, reply: { ok: true, value: process.pid } }), input.ms)
})`

/** The client alone, as a file that the running Electron can load: in the app it is bundled with everything else. */
async function bundleClient(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, '../../electron/service-client.ts'),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'service-client.cjs' } },
    },
  })
  return join(folder, 'service-client.cjs')
}

test('a background process that hangs or holds more than it may is ended, said to who waits, and started again', async ({
  start,
  folder,
}) => {
  const entry = join(folder, 'clerk.cjs')
  writeFileSync(entry, clerk)
  const bundle = await bundleClient(folder)
  const { app } = await start()
  const found = await app.evaluate(
    async (_electron, files) => {
      const { serviceClient } = process.mainModule!.require(files.bundle) as { serviceClient: typeof makeServiceClient }
      const ended: number[] = []
      const said: string[] = []
      let held = 2400
      const client = serviceClient<Clerk>({
        ...{ entry: files.entry, name: 'clerk', nursery: 4, memory: 64, patience: 1, most: 2500 },
        held: () => held,
        log: (text) => said.push(text),
        onMessage: () => undefined,
        onCrash: (code) => ended.push(code),
      })
      const codeOf = (call: Promise<unknown>) =>
        call.then(
          () => 'answered',
          (error: { code?: string }) => error.code,
        )
      // Longer than its patience, but not silent.
      const first = await client.call.slow({ ms: 2500 })
      const hung = await Promise.all([codeOf(client.call.slow({ ms: 60_000 })), codeOf(client.call.hang())])
      const second = await client.call.slow({ ms: 0 })
      const crashes = ended.length
      held = 2600
      const heavy = await codeOf(client.call.slow({ ms: 60_000 }))
      client.stop()
      const stopped = await codeOf(client.call.slow({ ms: 0 }))
      return { first, second, hung, crashes, heavy, stopped, said }
    },
    { bundle, entry },
  )
  expect(found).toMatchObject({
    hung: ['background-stopped', 'background-stopped'],
    crashes: 1,
    heavy: 'background-stopped',
    stopped: 'background-stopped',
    said: ['clerk hangs: ended', 'clerk holds 2600 MB, more than 2500: ended'],
  })
  expect(found.first).toBeGreaterThan(0)
  expect(found.second).not.toBe(found.first)
})
