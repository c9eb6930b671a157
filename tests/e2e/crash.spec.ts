import { expect, type ElectronApplication } from 'playwright/test'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { expectPrepared, goTo, openArchive, openedBase, readPage } from './steps.ts'

/** Whichever process dies, the reader reads on. */

/** Process id of a background process while it runs. */
function pidOf(app: ElectronApplication, name: string): Promise<number | undefined> {
  return app.evaluate(
    ({ app: program }, wanted) =>
      program.getAppMetrics().find((metric) => metric.name === wanted || metric.serviceName === wanted)?.pid,
    name,
  )
}

async function kill(app: ElectronApplication, name: string): Promise<void> {
  await expect.poll(() => pidOf(app, name), `${name} runs`).toBeGreaterThan(0)
  const pid = (await pidOf(app, name))!
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => pidOf(app, name), `${name} is gone`).not.toBe(pid)
}

test('the answering process dies and the next question is answered', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await kill(app, 'banmian-answer')
  await window.keyboard.press('ArrowRight')
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('02')
  await goTo(window, `${base}/search?q=${encodeURIComponent('产业')}`)
  await expect(window.locator('.results mark').first()).toHaveText('产业')
  await kill(app, 'banmian-answer')
  await readPage(window, base, 'p5', 'jcwb/2013-01-09/1')
  await expect(window.getByRole('alert')).toHaveCount(0)
})

test('the working process dies: a sentence says so, and preparing again ends well', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'long', {
    issues: ['jcrb/2013-01-04/1', 'jcrb/2013-01-07/1', 'jcrb/2013-01-08/1', 'jcrb/2013-01-09/1', 'jcrb/2013-01-10/1'],
  })
  const { app, window } = await start([archive])
  const status = window.getByRole('complementary', { name: '进行中的工作' })
  await expect(status).toContainText('正在')
  await kill(app, 'banmian-work')
  await expect(status.getByRole('alert')).toContainText('后台进程意外停止，已重新启动。请再试一次；档案未受影响。')
  await status.getByRole('button', { name: '关闭' }).click()

  await goTo(window, '#/')
  const card = window.locator('article.card')
  await expect(card).toContainText(/尚未编目和索引|可以阅读/)
  await card.locator('.more button').click()
  await window.getByRole('menuitem', { name: '重新编目和索引' }).click()
  await expectPrepared(window)
  await expect(card).toContainText('可以阅读')
  await card.locator('a.main').click()
  const base = await openedBase(window)
  await readPage(window, base, 'p1')
})

test('the interface dies and comes back where it was', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p2')
  const ask = (script: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(source),
      script,
    )
  const before = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    const pid = webContents.getOSProcessId()
    webContents.forcefullyCrashRenderer()
    return pid
  })
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId()))
    .not.toBe(before)
  await expect.poll(() => ask(`document.querySelector('.page-link.is-current .page-label')?.textContent`)).toBe('02')
  await expect.poll(() => ask(`document.querySelectorAll('.zone').length`)).toBeGreaterThan(0)
})
