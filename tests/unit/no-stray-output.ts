import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * A test fails when something printed a warning or an error that it did not expect: logs stay meaningful.
 * A test that expects one replaces the method itself with `vi.spyOn`.
 */
const stray: string[] = []

beforeEach(() => {
  stray.length = 0
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      stray.push(`console.${level}: ${parts.map(String).join(' ')}`)
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
  expect(stray, 'unexpected console output').toEqual([])
})
