/** What the diagnostics screen shows. */

export interface ProgramVersions {
  program: string
  electron: string
  chromium: string
  node: string
  /** Operating system with its version. */
  system: string
  packaged: boolean
}

export interface CrashReportView {
  name: string
  /** ISO time. */
  time: string
  bytes: number
}

export interface DiagnosticsView {
  versions: ProgramVersions
  /** Folders, absolute. */
  places: { data: string; logs: string; crashes: string }
  portable: boolean
  /** The folder beside a portable program that could not be written. */
  refused?: string
  policy: { file?: string; problem?: string; locked: string[] }
  crashes: CrashReportView[]
}

/** What the program looks at in itself. */
export type SelfTestCheck =
  'data' | 'disk' | 'database' | 'notes' | 'archive' | 'index' | 'sandbox' | 'graphics' | 'policy' | 'crashes' | 'fonts'

/** One line of the self-test. `doubt`: it works, with a loss that its sentence names. */
export interface SelfTestLine {
  check: SelfTestCheck
  state: 'good' | 'doubt' | 'bad'
  /** For the sentence; `reason` says what went wrong. */
  details: Record<string, string | number>
  /** The archive meant, by its place on the shelf from 1 and its name. */
  archive?: { number: number; name: string }
}

/** An update file whose signature is right. */
export interface UpdateView {
  /** To open it. */
  token: string
  file: string
  version: string
  bytes: number
  /** Name of the key that signed it. */
  key: string
}
