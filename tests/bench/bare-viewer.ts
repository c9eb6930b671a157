import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTiles, tileLevels, tileOverlap, tileSize } from '../../archive/page-tiles.ts'

/**
 * The peers of the reading bench as a small Electron app of their own: OpenSeadragon as it comes, and plain pictures.
 * Made into a folder; `tiles`: the file of a page's tiles, which become one file each.
 */
export async function makeBareViewer(
  folder: string,
  page: { width: number; height: number },
  tiles: string,
): Promise<void> {
  const root = resolve(import.meta.dirname, '../..')
  mkdirSync(join(folder, 'tiles'), { recursive: true })
  const levels = tileLevels(page.width, page.height)
  const last = levels.at(-1)
  const count = last ? last.first + last.columns * last.rows : 0
  const pictures = await readTiles(tiles, [...Array(count).keys()])
  for (const [tile, bytes] of pictures.entries()) writeFileSync(join(folder, 'tiles', `${tile}.jpg`), bytes)
  writeFileSync(join(folder, 'package.json'), '{ "name": "bare", "version": "1.0.0", "main": "main.cjs" }')
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900, useContentSize: true, show: true })
  .loadFile(require('path').join(__dirname, 'index.html')))`,
  )
  const openseadragon = join(root, 'node_modules/openseadragon/build/openseadragon/openseadragon.min.js')
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#fff">
<script src="file://${openseadragon}"></script><script>
const levels = ${JSON.stringify(levels)}
/** OpenSeadragon in a part of the window. */
function openViewer({ x, y, width, height }) {
  document.body.replaceChildren()
  const stage = document.createElement('div')
  stage.style.cssText = \`position:absolute;left:\${x}px;top:\${y}px;width:\${width}px;height:\${height}px\`
  document.body.append(stage)
  const source = new OpenSeadragon.TileSource({ width: ${page.width}, height: ${page.height}, tileSize: ${tileSize},
    tileOverlap: ${tileOverlap}, minLevel: 0, maxLevel: levels.length - 1 })
  source.getTileUrl = (level, column, row) => \`tiles/\${levels[level].first + row * levels[level].columns + column}.jpg\`
  globalThis.viewer = OpenSeadragon({ element: stage, drawer: 'canvas', tileSources: source, showNavigationControl: false,
    maxTilesPerFrame: 8, imageLoaderLimit: 8, animationTime: 0.15, springStiffness: 9, maxZoomPixelRatio: 8,
    maxImageCacheCount: 96, immediateRender: true,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true } })
}
/** A double click enlarges to 1:1. */
function zoomToActualByDoubleClick() {
  const { viewport } = viewer
  viewer.zoomPerClick = viewport.imageToViewportZoom(1) / viewport.getHomeZoom()
}
/** A plain picture in a part of the window. */
function showPicture(url, { x, y, width, height }) {
  document.body.replaceChildren()
  const picture = new Image()
  picture.style.cssText = \`position:absolute;left:\${x}px;top:\${y}px;width:\${width}px;height:\${height}px\`
  picture.src = url
  document.body.append(picture)
}
/** How long so many pictures take until all are decoded, in milliseconds. */
async function showPictures(urls, width) {
  document.body.replaceChildren()
  const started = performance.now()
  await Promise.all(urls.map((url) => {
    const picture = new Image()
    picture.width = width
    picture.src = url
    document.body.append(picture)
    return picture.decode()
  }))
  await new Promise((done) => requestAnimationFrame(done))
  return performance.now() - started
}
</script>`,
  )
}
