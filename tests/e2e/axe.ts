import type { Page } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'

const axe = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong in the window, one line each. */
export async function violations(window: Page): Promise<string[]> {
  await window.evaluate(axe)
  // Colours in the middle of a transition are nobody's choice.
  await window.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))))
  const results = await window.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } }
    // Targets of at least 24 pixels (WCAG 2.2, 2.5.8) are looked at only when asked for.
    return runner.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
  })
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  )
}
