import { app, type Session } from 'electron'
import { writeAtomic } from '../../archive/files.ts'
import type { KioskPolicy } from '../../archive/kiosk/policy.ts'
import { appOrigin } from '../app-protocol.ts'
import { madeFiles, type MadeFiles } from '../made-files.ts'
import { printSheets, type PrintSheets } from '../print-sheets.ts'
import type { WorkService } from '../services.ts'
import { openTakeaway, type Takeaway } from '../takeaway.ts'
import { openWindow } from '../window.ts'
import { refuse } from './kiosk-background.ts'
import { takeHome, type TakeHome } from './take-home.ts'

interface TakeawayParts {
  policy: KioskPolicy
  preload: string
  cache: string
  worker: WorkService
  pathOf: (archive: string) => string
  /** Of the visit: what is laid out for it lives and dies with it. */
  session: () => Session | undefined
  /** Ids of the contents that lay out a print. */
  sheetContents: Set<number>
  log: (text: string) => void
}

/** What a kiosk makes for a visitor: cut pictures, sheets that are printed, files for a stick. */
export function kioskTakeaway(parts: TakeawayParts): {
  made: MadeFiles
  sheets: PrintSheets
  takeaway: Takeaway
  home: TakeHome
} {
  const { policy, preload, cache, worker, pathOf, sheetContents, log } = parts
  const made = madeFiles(app.getPath('temp'))
  const sheets = printSheets({
    make: (hash) => {
      const url = `${appOrigin}/sheet.html#${hash}`
      const window = openWindow({ preload, url, theme: 'light', hidden: true, session: parts.session(), log })
      const { id } = window.webContents
      sheetContents.add(id)
      window.on('closed', () => sheetContents.delete(id))
      return window
    },
  })
  const takeaway = openTakeaway({
    worker,
    sheets,
    made,
    cache,
    pathOf,
    write: writeAtomic,
    showSaveDialog: refuse,
    documents: () => app.getPath('temp'),
  })
  const home = takeHome({
    sheets,
    pagesOf: async (pdf) => {
      const { folder, name } = made.reserve('pdf')
      const pages = await worker.drawPdf({ pdf, folder, name, width: 64, most: policy.printPages + 1 })
      return pages.length
    },
    quota: policy.printPages,
    printer: policy.printer,
    stickFolder: policy.stickFolder,
  })
  return { made, sheets, takeaway, home }
}
