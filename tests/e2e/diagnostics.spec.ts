import { expect } from 'playwright/test'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './app.ts'
import { button, goTo, openArchive } from './steps.ts'

test('the program looks at itself, and what is copied names nobody and nothing that was read', async ({ start }) => {
  const { app, window, profile } = await openArchive(start)
  await goTo(window, '#/diagnostics')
  const lines = window.getByRole('region', { name: '自检' }).getByRole('listitem')
  await expect(lines).toHaveCount(11)
  for (const check of ['数据文件夹', '磁盘空间', '数据库', '笔记', '搜索索引', '字体']) {
    await expect(lines.filter({ hasText: check }).first()).toHaveClass('good')
  }
  await expect(lines.filter({ hasText: '焦城报业示例' }).first()).toContainText('可读')
  await expect(lines.filter({ hasText: '沙箱' })).toHaveClass(process.getuid?.() === 0 ? 'bad' : 'good')
  await expect(window.getByText(join(profile, 'logs'))).toBeVisible()

  // What somebody sought, in a link that leads nowhere, is in the log no more than in what is copied.
  await app.evaluate(({ app: running }) =>
    running.emit('second-instance', {}, ['banmian', '.', 'banmian://0123456789abcdef/?q=秘密'], '/home/li/日记'),
  )
  const log = join(profile, 'logs/banmian.log')
  await expect.poll(() => (existsSync(log) ? readFileSync(log, 'utf8') : '')).toContain('opening a link')
  await button(window, '复制诊断信息').click()
  await expect(window.getByText('已复制到剪贴板')).toBeVisible()
  const text = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(text).toContain('good  archive 1: pages')
  expect(text).toMatch(/Electron \d+\.\d+/)
  expect(text).toContain('opening a link')
  for (const secret of ['焦城', '秘密', '日记', profile]) expect(text).not.toContain(secret)
})

test('an update is taken from a file only with its signature', async ({ start, folder }) => {
  const { app, window } = await start()
  await expect(window.locator('main')).toBeVisible()
  await goTo(window, '#/diagnostics')
  const file = join(folder, 'Banmian-9.9.9.deb')
  writeFileSync(file, 'not signed')
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await button(window, '选择更新文件……').click()
  await expect(window.getByRole('alert')).toContainText('无法验证')
  await expect(button(window, '打开更新')).toHaveCount(0)
})

test('what an administrator locked stays, what is a default may be changed', async ({ start, folder }) => {
  const policy = join(folder, 'policy.json')
  mkdirSync(join(folder, 'profile'))
  writeFileSync(join(folder, 'profile/settings.json'), '{ "theme": "light" }')
  writeFileSync(policy, '{ "version": 1, "locked": { "theme": "contrast" }, "defaults": { "language": "en" } }')
  const { window } = await start([], { profile: join(folder, 'profile'), environment: { BANMIAN_POLICY: policy } })
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'contrast')
  await expect(window.locator('html')).toHaveAttribute('lang', 'en')
  const changed = await window.evaluate(`banmian.call.settings.change({ theme: 'dark', language: 'zh-Hant' })`)
  expect(changed).toMatchObject({ ok: true, value: { theme: 'contrast', language: 'zh-Hant' } })
  await goTo(window, '#/settings')
  const row = window.getByRole('group', { name: '外觀' })
  await expect(row.getByRole('radio').first()).toBeDisabled()
  await expect(row).toContainText('由管理員統一設定')
  await expect(window.getByRole('group', { name: '語言' }).getByRole('radio').first()).toBeEnabled()
  // The user's own choice is kept for the day the lock goes.
  expect(JSON.parse(readFileSync(join(folder, 'profile/settings.json'), 'utf8'))).toMatchObject({ theme: 'light' })
  await goTo(window, '#/diagnostics')
  await expect(window.getByText(`${policy} 鎖定 1 項設定`)).toBeVisible()
})

test('a crash leaves its report here and nowhere else', async ({ start }) => {
  const { app, window, profile } = await start()
  await expect(window.locator('main')).toBeVisible()
  expect(
    await app.evaluate(({ crashReporter, app: running }) => [
      crashReporter.getUploadToServer(),
      running.getPath('crashDumps'),
    ]),
  ).toEqual([false, join(profile, 'crashes')])
  await goTo(window, '#/diagnostics')
  await expect(window.getByText('没有崩溃记录')).toBeVisible()
})
