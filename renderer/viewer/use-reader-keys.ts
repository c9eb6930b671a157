import type { Ref } from 'vue'
import { useKeys } from '../shared/keyboard.ts'
import { useArticleStore } from '../article/article-store.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import type { ColumnWalk } from './use-column-walk.ts'
import type { ReaderPanes } from './use-reader-panes.ts'
import type { ReaderTurning } from './use-reader-turning.ts'
import { useViewerStore } from './viewer-store.ts'

const LINE_PX = 90
const SCREEN = 0.88

interface Parts {
  canvas: PageCanvas
  turning: ReaderTurning
  panes: ReaderPanes
  pictured: Ref<boolean>
  walk: ColumnWalk
}

/** The keys of the reader. Inside a text that scrolls, ↑ ↓ belong to the text. */
export function useReaderKeys({ canvas, turning, panes, pictured, walk }: Parts): void {
  const viewerStore = useViewerStore()
  const articles = useArticleStore()
  const onPage = () => pictured.value && !document.activeElement?.closest('[data-scrolls-text]')
  const scroll = (key: string, text: string, amount: () => [number, number]) => ({
    key,
    text,
    when: onPage,
    run: () => canvas.scrollBy(...amount()),
  })
  const hasQuery = () => viewerStore.query.trim() !== ''
  const onColumns = () => onPage() && walk.canWalk.value
  const screen = () => canvas.stage.value.height * SCREEN
  const end = () => canvas.stage.value.height * 100

  useKeys('viewer', [
    { key: 'ArrowLeft', text: 'viewer.pageAtLeft', run: () => turning.turnTowards('left') },
    { key: 'ArrowRight', text: 'viewer.pageAtRight', run: () => turning.turnTowards('right') },
    { key: '[', text: 'viewer.previousIssue', run: () => turning.turnIssue(-1) },
    { key: ']', text: 'viewer.nextIssue', run: () => turning.turnIssue(1) },
    scroll('ArrowUp', 'viewer.scrollUp', () => [0, -LINE_PX]),
    scroll('ArrowDown', 'viewer.scrollDown', () => [0, LINE_PX]),
    scroll('PageUp', 'viewer.screenUp', () => [0, -screen()]),
    scroll('PageDown', 'viewer.screenDown', () => [0, screen()]),
    scroll('Home', 'viewer.toTop', () => [0, -end()]),
    scroll('End', 'viewer.toBottom', () => [0, end()]),
    { key: ' ', text: 'viewer.nextColumn', when: onColumns, run: () => walk.walk(1) },
    { key: 'Shift+ ', text: 'viewer.previousColumn', when: onColumns, run: () => walk.walk(-1) },
    { key: '+', text: 'viewer.zoomIn', when: () => pictured.value, run: canvas.zoomIn },
    { key: '=', text: 'viewer.zoomIn', when: () => pictured.value, run: canvas.zoomIn },
    { key: '-', text: 'viewer.zoomOut', when: () => pictured.value, run: canvas.zoomOut },
    { key: '0', text: 'viewer.default', when: () => pictured.value, run: () => canvas.reset() },
    { key: 'F', text: 'viewer.fitPage', when: () => pictured.value, run: () => turning.fitTo('page') },
    { key: 'W', text: 'viewer.fitWidth', when: () => pictured.value, run: () => turning.fitTo('width') },
    { key: '1', text: 'viewer.fitActual', when: () => pictured.value, run: () => turning.fitTo('actual') },
    { key: 'R', text: 'viewer.rotateRight', when: () => pictured.value, run: () => canvas.rotate(1) },
    { key: 'Shift+R', text: 'viewer.rotateLeft', when: () => pictured.value, run: () => canvas.rotate(-1) },
    { key: 'D', text: 'viewer.spread', run: turning.toggleSpread },
    { key: 'K', text: 'viewer.beside', run: turning.toggleBeside },
    { key: 'Y', text: 'viewer.axis', run: turning.toggleAxis },
    { key: 'F11', text: 'viewer.fullScreen', run: () => void viewerStore.toggleFullScreen() },
    { key: 'N', text: 'viewer.nextHit', when: hasQuery, run: () => turning.stepHit(1) },
    { key: 'P', text: 'viewer.previousHit', when: hasQuery, run: () => turning.stepHit(-1) },
    { key: 'Z', text: 'viewer.zoomToHits', when: hasQuery, run: turning.toggleZoomToHits },
    { key: 'L', text: 'viewer.rail', run: panes.toggleRail },
    { key: 'X', text: 'viewer.articlePane', run: panes.toggleArticle },
    { key: 'Alt++', text: 'viewer.largerText', run: () => void articles.enlarge() },
    { key: 'Alt+=', text: 'viewer.largerText', run: () => void articles.enlarge() },
    { key: 'Alt+-', text: 'viewer.smallerText', run: () => void articles.reduce() },
    { key: 'Alt+0', text: 'viewer.usualText', run: () => void articles.resetScale() },
  ])
}
