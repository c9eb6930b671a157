import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { copySample, test } from './app.ts'
import { ask, startKiosk, writePolicy } from './kiosk.ts'

/** A screen that nobody looks after: what falls stands up again, and the log says so. */

const root = resolve(import.meta.dirname, '../..')
const logOf = (profile: string): string => readFileSync(join(profile, 'logs/banmian.log'), 'utf8')

/** Runs a script in the page that is shown, which Playwright cannot reach after a crash; a page that is gone never answers. */
const inPage = (app: ElectronApplication, script: string): Promise<unknown> =>
  app
    .evaluate(({ BrowserWindow }, source) => {
      const { webContents } = BrowserWindow.getAllWindows().find((each) => each.isVisible())!
      const late = new Promise((resume) => setTimeout(resume, 1000))
      return Promise.race([webContents.executeJavaScript(source) as Promise<unknown>, late])
    }, script)
    .catch(() => undefined)

const alive = (app: ElectronApplication) =>
  inPage(app, `window.banmian.call.library.list().then((reply) => reply.ok && reply.value[0].state)`)

const pidOf = (app: ElectronApplication, name: string) =>
  app.evaluate(
    ({ app: program }, wanted) =>
      program.getAppMetrics().find((metric) => metric.name === wanted || metric.serviceName === wanted)?.pid,
    name,
  )

test('page, background and archive come back by themselves', async ({ start, folder }) => {
  const archive = copySample(folder)
  const { app, window, profile, complaints } = await startKiosk(start, folder, { archives: [archive] })
  const [entry] = (await ask(window, 'library', 'list')) as { id: string; state: string }[]
  expect(entry).toMatchObject({ state: 'ready' })

  await test.step('the page crashes', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
    await expect.poll(() => logOf(profile)).toContain('its process is gone (')
    await expect.poll(() => alive(app)).toBe('ready')
  })

  await test.step('the page hangs', async () => {
    void inPage(app, 'for (;;);')
    await expect.poll(() => logOf(profile), { timeout: 25_000 }).toContain('page: hangs')
    await expect.poll(() => alive(app)).toBe('ready')
  })

  await test.step('the answering process is killed', async () => {
    const pid = (await pidOf(app, 'banmian-answer'))!
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => pidOf(app, 'banmian-answer')).not.toBe(pid)
    await expect.poll(() => alive(app)).toBe('ready')
    expect(logOf(profile)).toContain('answering process ended with')
  })

  await test.step('the archive is unplugged, and back', async () => {
    renameSync(archive, `${archive}-away`)
    await expect.poll(() => alive(app)).toBe('offline')
    renameSync(`${archive}-away`, archive)
    await expect.poll(() => alive(app)).toBe('ready')
    expect(logOf(profile)).toMatch(/: offline \(not there\)[\s\S]*: ready/)
  })

  // A picture that was asked for in the moment in which its archive went.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/status of 404/.test(text)))

  await test.step('an error in main shows no dialog', async () => {
    const windows = () =>
      process.platform === 'linux'
        ? execFileSync('xdotool', ['search', '--onlyvisible', '--name', '.*'], { encoding: 'utf8' }).trim().split('\n')
            .length
        : 1
    const before = windows()
    await app.evaluate(() => {
      setTimeout(() => {
        throw new Error('broken by “somebody”')
      })
    })
    await expect.poll(() => logOf(profile)).toContain('main: Error: broken by …')
    expect(windows()).toBe(before)
    expect(await alive(app)).toBe('ready')
  })

  // A dump of a crashed page would hold what somebody read.
  const files = readdirSync(profile, { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => /\.(dmp|core)$/.test(name))).toEqual([])
})

/** Starts the program as a supervisor would; answers how it ended. */
function run(words: string[], profile: string, environment: Record<string, string> = {}) {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(
    process.env['BANMIAN_ELECTRON'] ?? '',
    [root, `--user-data-dir=${profile}`, ...switches, ...words],
    {
      env: { ...process.env, ...environment },
    },
  )
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  return new Promise<{ code: number | null; said: string }>((done) => child.on('exit', (code) => done({ code, said })))
}

test('it does not start in a way that opens it, nor with a policy that is wrong', async ({ folder }) => {
  const profile = join(folder, 'profile')
  const policy = `--kiosk=${writePolicy(folder)}`
  const debugged = await run([policy, '--remote-debugging-port=0'], profile)
  expect(debugged).toMatchObject({
    code: 78,
    said: expect.stringMatching(/would open it: .*remote-debugging-port/) as unknown,
  })
  const watched = await run([policy], profile, { NODE_OPTIONS: '--no-warnings' })
  expect(watched).toMatchObject({ code: 78, said: expect.stringContaining('NODE_OPTIONS') as unknown })
  const wrong = join(folder, 'wrong.json')
  writeFileSync(wrong, '{"version":1,"archives":["relative"],"idleSeconds":0}')
  const refused = await run([`--kiosk=${wrong}`], profile, { BANMIAN_KIOSK_TEST: '1' })
  expect(refused.code).toBe(78)
  expect(refused.said).toMatch(/archives\.0: must be an absolute path; idleSeconds: must be at least 2/)
  expect((await run([`--kiosk=${join(folder, 'none.json')}`], profile)).code).toBe(78)
})

test('a second start is ignored, whatever it brings', async ({ start, folder }) => {
  const { app, window, profile }: { app: ElectronApplication; window: Page; profile: string } = await startKiosk(
    start,
    folder,
  )
  await window.waitForURL(/#\//)
  const home = window.url()
  const second = await run([`--kiosk=${join(folder, 'kiosk.json')}`, '/etc'], profile, { BANMIAN_KIOSK_TEST: '1' })
  expect(second.code).toBe(0)
  await expect.poll(() => logOf(profile)).toContain('a second start was ignored')
  expect(window.url()).toBe(home)
  expect(app.windows()).toHaveLength(1)
  // As a reader's program it goes to the screen that is there, too.
  expect((await run([join(folder, 'somewhere')], profile)).code).toBe(0)
  expect(app.windows()).toHaveLength(1)
})
