import { defineConfig } from 'vitest/config'
import vue from '@vitejs/plugin-vue'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  test: {
    include: ['tests/unit/**/*.test.ts'],
    setupFiles: ['tests/unit/no-stray-output.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // For `--changed`: package.json changes with every script, and what a package does is tested where it is imported.
    forceRerunTriggers: ['**/tests/vitest.config.ts', '**/tests/unit/no-stray-output.ts'],
  },
})
