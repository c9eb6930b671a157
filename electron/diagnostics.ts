import { app, clipboard, shell, type OpenDialogOptions } from 'electron'
import { release, type } from 'node:os'
import { releaseKeys } from '../archive/update/release-keys.ts'
import type { DiagnosticsView, SelfTestLine } from './bridge/diagnostics-views.ts'
import type { BridgeServer } from './bridge-server.ts'
import { crashReports } from './crash-reports.ts'
import { diagnosticsText } from './diagnostics-text.ts'
import type { Library } from './library.ts'
import type { Log } from './log.ts'
import type { ChosenProfile, Places } from './places.ts'
import { selfTest } from './self-test.ts'
import type { AnswerService } from './services.ts'
import type { SettingsPolicy } from './settings-policy.ts'
import type { SettingsStore } from './settings.ts'
import { updateFile } from './update-file.ts'

interface DiagnosticsParts {
  places: Places
  profile: ChosenProfile
  policy: SettingsPolicy
  settings: SettingsStore
  library: Pick<Library, 'list'>
  answers: Pick<AnswerService, 'checkUp' | 'notesState'>
  log: Log
  impersonal: (text: string) => string
  /** Process ids of the windows' contents. */
  contents: () => number[]
  showOpenDialog: (options: OpenDialogOptions) => Promise<string[]>
}

const linesCopied = 100

/** What the program says about itself: the calls of the bridge. */
export function openDiagnostics(parts: DiagnosticsParts): BridgeServer['diagnostics'] {
  const { places, profile, policy } = parts
  const crashes = crashReports(places.crashes)
  const update = updateFile({
    folder: places.updates,
    keys: releaseKeys,
    current: app.getVersion(),
    openPath: (path) => shell.openPath(path),
    showInFolder: (path) => shell.showItemInFolder(path),
  })
  const read = (): DiagnosticsView => ({
    versions: {
      program: app.getVersion(),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
      system: `${type()} ${release()} ${process.arch}`,
      packaged: app.isPackaged,
    },
    places: { data: places.data, logs: places.logs, crashes: places.crashes },
    portable: profile.portable,
    refused: profile.refused,
    policy: { file: policy.file, problem: policy.problem, locked: Object.keys(policy.locked) },
    crashes: crashes.list(),
  })
  const test = (): Promise<SelfTestLine[]> =>
    selfTest({
      library: parts.library,
      answers: parts.answers,
      data: places.data,
      policy,
      crashes: crashes.list,
      compositing: () => app.getGPUFeatureStatus().gpu_compositing,
      contents: parts.contents,
      sandboxWanted: !app.commandLine.hasSwitch('no-sandbox'),
    })
  // What crashed before is enough in ten reports.
  crashes.prune()
  return {
    read: async () => read(),
    test,
    copy: async () => {
      const { settings, log, impersonal } = parts
      const told = {
        view: read(),
        test: await test(),
        settings: settings.read(),
        log: log.tail().slice(-linesCopied),
        impersonal,
      }
      const text = diagnosticsText(told)
      clipboard.writeText(text)
      return text
    },
    show: async ({ place }) => {
      const problem = await shell.openPath(places[place])
      if (problem !== '') parts.log.log(`showing ${place}: ${problem}`)
      return undefined
    },
    removeCrashes: async () => {
      crashes.removeAll()
      return undefined
    },
    chooseUpdate: async () => {
      const [path] = await parts.showOpenDialog({ properties: ['openFile'] })
      return path === undefined ? undefined : update.check(path)
    },
    openUpdate: async ({ token }) => {
      await update.open(token)
      return undefined
    },
  }
}
