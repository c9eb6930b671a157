import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import { shippedPackages } from './scripts/packaging/shipped-packages.ts'
import { pinyinDictionary } from './renderer/kiosk/pinyin/dictionary-text.ts'

/** Packages with native or WebAssembly binaries stay outside the bundles; everything else is bundled. */
const external = ['electron', 'libsql', '@napi-rs/image', '@hyzyla/pdfium', 'tesseract.js', /^node:/]

export default defineConfig({
  main: {
    plugins: [shippedPackages()],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      lib: {
        entry: {
          main: resolve('electron/main.ts'),
          'answer-process': resolve('electron/answer-process.ts'),
          'work-process': resolve('electron/work-process.ts'),
          banmian: resolve('archive/cli/banmian.ts'),
        },
        formats: ['cjs'],
      },
      rolldownOptions: {
        external,
        output: {
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // Shared by two chunks, the bundler's own few lines get one too; else the main process loads the largest for them.
          codeSplitting: { groups: [{ name: 'schema', test: /node_modules.(ajv|fast-uri)/ }] },
        },
      },
    },
  },
  preload: {
    plugins: [shippedPackages()],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      lib: { entry: resolve('electron/preload.ts'), formats: ['cjs'] },
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: {
        input: { index: resolve('renderer/index.html'), sheet: resolve('renderer/sheet.html') },
        // All that the shelf is drawn with, in one file: each file more is a question more to the main process.
        output: { codeSplitting: { groups: [{ name: 'shelf', test: /renderer.(App|library.LibraryView)\.vue/ }] } },
      },
    },
    plugins: [vue(), pinyinDictionary(), shippedPackages()],
  },
})
