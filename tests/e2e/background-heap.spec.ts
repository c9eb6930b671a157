import { expect } from 'playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleArchive, test } from './app.ts'

test('the heap of a background process is held to what it was given', async ({ start, folder }) => {
  test.skip(process.platform !== 'linux', 'only Linux shows how a process was started')
  const { app } = await start([sampleArchive()])
  const pidOf = () =>
    app.evaluate(({ app: program }) => {
      const found = program.getAppMetrics().find((each) => [each.serviceName, each.name].includes('banmian-answer'))
      return found?.pid
    })
  await expect.poll(pidOf).toBeGreaterThan(0)
  const words = readFileSync(`/proc/${await pidOf()}/cmdline`, 'utf8').split('\0')
  const flags = words.find((word) => word.startsWith('--js-flags=')) ?? ''
  const megabytes = Number(/--max-old-space-size=(\d+)/.exec(flags)?.[1])
  expect(megabytes).toBeGreaterThan(0)

  // Another process that is started in the same way says whether this Electron heeds what it was told.
  const asked = join(folder, 'asked.cjs')
  writeFileSync(asked, `process.parentPort.postMessage(require('node:v8').getHeapStatistics().heap_size_limit)`)
  const limit = await app.evaluate(
    ({ utilityProcess }, { entry, flag }) =>
      new Promise<number>((resolve) => {
        const child = utilityProcess.fork(entry, [], { execArgv: [flag] })
        child.once('message', (bytes: number) => {
          resolve(bytes)
          child.kill()
        })
      }),
    { entry: asked, flag: flags },
  )
  // What lives for a moment only comes on top.
  expect(limit / 2 ** 20).toBeGreaterThanOrEqual(megabytes)
  expect(limit / 2 ** 20).toBeLessThan(megabytes + 64)
})
