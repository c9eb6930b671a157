import { expect, type Page } from 'playwright/test'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sampleArchive, test, type RunningApp } from './app.ts'
import { answerDialog, button, goTo, openedBase, readPage } from './steps.ts'

/** The import desk: from what was delivered to an archive on the shelf. */

const samples = process.env['BANMIAN_SAMPLES'] ?? resolve(import.meta.dirname, '../../../shared/samples')
const mirror = join(sampleArchive(), 'data/originals/sample-mirror')

/** Chooses source and target on the import desk and starts. A target that was chosen before is still chosen. */
async function importInto(
  { app, window }: RunningApp,
  source: string,
  target: string,
  { hasTarget = false } = {},
): Promise<void> {
  await goTo(window, '#/')
  await button(window, '导入…').click()
  await answerDialog(app, source)
  await button(window, '选择文件夹…').click()
  const begin = button(window, '开始导入')
  if (!hasTarget) {
    await expect(begin).toBeDisabled()
    await expect(begin).toHaveAccessibleDescription('先选好导入到哪个档案。')
  }
  await answerDialog(app, target)
  await button(window, '另选位置或新建档案…').click()
  await begin.click()
}

const job = (window: Page) => window.locator('article.job').first()

test('a mirror of an e-paper becomes an archive on the shelf, with what is doubtful listed', async ({
  start,
  folder,
}) => {
  const source = join(folder, 'mirror')
  cpSync(join(mirror, 'xctk'), join(source, 'xctk'), { recursive: true })
  const html = join(source, 'xctk/html/2013-01/10')
  const [lost = ''] = readdirSync(html)
    .filter((name) => name.startsWith('content_'))
    .sort()
    .slice(1)
  rmSync(join(html, lost))
  const running = await start()
  const { window } = running
  await window.evaluate(() => {
    const phases: string[] = []
    Object.assign(globalThis, { phases })
    globalThis.window.banmian.on('job.progress', (each) => phases.push((each as { phase: string }).phase))
  })
  await importInto(running, source, join(folder, 'festival'))
  await expect(job(window).locator('.phase')).toHaveText('已完成')
  const phases = await window.evaluate(() => (globalThis as unknown as { phases: string[] }).phases)
  expect(phases).toEqual(expect.arrayContaining(['reading', 'copying', 'catalogue', 'index', 'pictures', 'done']))

  await expect(job(window).locator('.facts li').nth(0)).toHaveText('1 期')
  await expect(job(window).locator('.facts li').nth(1)).toHaveText('4 版')
  const warnings = job(window).locator('.doubtful')
  // The article page that is missing, and its photo, which nothing uses without it.
  await expect(warnings.locator('h4')).toHaveText('2 处可疑或未能识别')
  await expect(warnings.locator('summary')).toContainText(['稿件页未随数据提供', '没有用到的文件'])
  await warnings.locator('summary').first().click()
  await expect(warnings.locator('li').first()).toContainText(lost)

  await job(window).getByRole('button', { name: '打开档案' }).click()
  const base = await openedBase(window)
  await expect(window.locator('nav.titles')).toContainText('新春特刊')
  await readPage(window, base, 'p1', 'xctk/2013-01-10/1')
  await goTo(window, '#/')
  await expect(window.locator('article.card')).toContainText(['新春特刊'])
  await expect(window.locator('article.card')).toContainText('可以阅读')
})

test('an import that is cancelled leaves nothing, and the next one brings all', async ({ start, folder }) => {
  const running = await start()
  const { window } = running
  const target = join(folder, 'whole')
  await importInto(running, mirror, target)
  await expect(job(window).locator('.phase')).toHaveText('正在复制')
  await job(window).getByRole('button', { name: '取消' }).click()
  await expect(job(window).locator('.phase')).toHaveText('已取消')
  const manifest = join(target, 'manifest-sha256.txt')
  expect(existsSync(manifest) ? readFileSync(manifest, 'utf8') : '').toBe('')
  await goTo(window, '#/')
  await expect(window.locator('.empty h2')).toHaveText('书架还是空的')

  await importInto(running, join(mirror, 'xctk'), target, { hasTarget: true })
  await expect(job(window).locator('.phase')).toHaveText('已完成')
  await expect(job(window).locator('.facts li').nth(0)).toHaveText('1 期')
  await expect(job(window)).toContainText('全部内容都已识别')
})

test('a folder with nothing to import is refused with a sentence', async ({ start, folder }) => {
  const running = await start()
  const source = join(folder, 'letters')
  cpSync(join(sampleArchive(), 'bagit.txt'), join(source, 'letter.bin'))
  const { app, window } = running
  await goTo(window, '#/jobs')
  await answerDialog(app, source)
  await button(window, '选择文件夹…').click()
  await expect(window.locator('.found').getByRole('alert')).toContainText(/没有认出任何报纸格式/)
  await answerDialog(app, join(folder, 'new'))
  await button(window, '另选位置或新建档案…').click()
  await expect(window.locator('.found').getByRole('alert')).toContainText(/没有认出任何报纸格式/)
  await expect(button(window, '开始导入')).toBeDisabled()
  expect(existsSync(join(folder, 'new/banmian.json'))).toBe(false)
})

test('a dry run shows what is there already and what comes twice, and the report can be saved', async ({
  start,
  folder,
}) => {
  const running = await start()
  const { app, window } = running
  const target = join(folder, 'whole')
  await importInto(running, join(mirror, 'xctk'), target)
  await expect(job(window).locator('.phase')).toHaveText('已完成')
  await answerDialog(app, mirror)
  await button(window, '选择文件夹…').click()
  const rows = window.locator('.found table tbody tr')
  await expect(rows.filter({ hasText: '新春特刊' }).locator('td').nth(1)).toHaveText('1')
  await window.locator('.choices label').filter({ hasText: 'whole' }).first().click()
  await expect(window.getByText('档案中已有 1 期')).toBeVisible()
  await expect(rows.filter({ hasText: '新春特刊' }).locator('td').nth(4)).toHaveText('1')
  const report = join(folder, 'report.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, report)
  await window.locator('.found').getByRole('button', { name: '保存报告…' }).click()
  await expect.poll(() => existsSync(report)).toBe(true)
  expect(readFileSync(report, 'utf8')).toContain('预检报告')
})

test('an import is paused, stands still, and goes on', async ({ start, folder }) => {
  const running = await start()
  const { window } = running
  await importInto(running, mirror, join(folder, 'whole'))
  await job(window).getByRole('button', { name: '暂停' }).click()
  await expect(job(window).locator('.phase')).toHaveText('已暂停')
  let numbers: string | null = ''
  // The file that was being copied is told a moment later; from then on nothing moves.
  await expect(async () => {
    numbers = await job(window).locator('.numbers').textContent()
    await window.waitForTimeout(1200)
    expect(await job(window).locator('.numbers').textContent()).toBe(numbers)
  }).toPass()
  await job(window).getByRole('button', { name: '继续' }).click()
  await expect(job(window).locator('.numbers')).not.toHaveText(numbers ?? '')
  await job(window).getByRole('button', { name: '取消' }).click()
  await expect(job(window).locator('.phase')).toHaveText('已取消')
})

test('a batch with METS and ALTO is imported and a phrase is found on its page, word by word', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000)
  const batch = join(samples, 'C-mets-alto/open-oni+sample-data/batch_dlc_manyyears_ver01')
  test.skip(!existsSync(batch), 'the samples are not on this machine')
  const running = await start()
  const { window } = running
  await importInto(running, batch, join(folder, 'star'))
  await expect(job(window).locator('.phase')).toHaveText('已完成', { timeout: 150_000 })
  await job(window).getByRole('button', { name: '打开档案' }).click()
  const base = await openedBase(window)
  await goTo(window, `${base}/search?q=${encodeURIComponent('"MONDAY, FEBRUARY 21, 1859"')}`)
  const rows = window.locator('.results ol li')
  await expect(rows.first().locator('mark').first()).toHaveText(/MONDAY, FEBRUARY 21, 1859/)
  await expect(rows.first().locator('.where')).toContainText('1859年2月21日')
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/r\/sn83045462\/1859-02-21\/1\//)
  const words = window.locator('.zone-layer rect.hit')
  await words.first().waitFor({ state: 'attached' })
  const sheet = (await window.locator('.page-canvas .sheet').boundingBox())!
  for (const word of await words.all()) {
    const box = (await word.boundingBox())!
    expect(box.width).toBeLessThan(sheet.width / 2)
    expect(box.x).toBeGreaterThanOrEqual(sheet.x - 1)
    expect(box.x + box.width).toBeLessThanOrEqual(sheet.x + sheet.width + 1)
  }
  await expect(window.locator('.openseadragon-canvas canvas').first()).toBeVisible()
})

test('real layout pages are imported with their warnings, and a portal page is refused', async ({ start, folder }) => {
  const pages = join(samples, 'A-epaper-html/YYTB+pycharm_calibre_recipe_test')
  test.skip(!existsSync(pages), 'the samples are not on this machine')
  const running = await start()
  const { window } = running
  await importInto(running, pages, join(folder, 'papers'))
  await expect(job(window).locator('.phase')).toHaveText('已完成')
  await expect(job(window).locator('.facts li').nth(0)).toHaveText('3 期')
  const warnings = job(window).locator('.doubtful summary')
  await expect(warnings.filter({ hasText: '未随数据提供，只有标题' })).toHaveCount(1)
  await expect(warnings.filter({ hasText: '不是版面页' })).toHaveCount(1)
  await job(window).getByRole('button', { name: '打开档案' }).click()
  await openedBase(window)
  await expect(window.locator('nav.titles')).toContainText('人民日报')
})
