import type { ArchiveState, InterfaceLanguage, ThemeName } from './views.ts'

/** What a visitor at the reading-room screen may do. */
export interface KioskAllowances {
  search: boolean
  print: boolean
  readAloud: boolean
  takeHome: { qr: boolean; stick: boolean }
}

/** What the visitor's screens need to know; the policy itself stays with main. */
export interface KioskView {
  /** Of the reading room. */
  name?: string
  /** Ids of the archives shown, in the policy's order. */
  archives: string[]
  languages: InterfaceLanguage[]
  /** What a visit begins with. */
  language: InterfaceLanguage
  theme: ThemeName
  allow: KioskAllowances
  /** Without a touch until the visitor is asked, and from there until the visit ends. */
  idleSeconds: number
  warningSeconds: number
  /** How many pages a visit may print, and how many are left of them. */
  printPages: number
  printPagesLeft: number
  /** None of the archives can be read now. */
  offline: boolean
}

/** What was done at this screen, by nobody in particular. */
export interface KioskCounts {
  visits: number
  pages: number
  articles: number
  searches: number
  printed: number
  saved: number
}

/** What this screen got over by itself since it was started. */
export interface KioskRecovered {
  renderer: number
  answer: number
  work: number
  archive: number
  clock: number
}

/** For the staff. */
export interface KioskStatus {
  version: string
  electron: string
  /** ISO. */
  started: string
  /** Seconds. */
  running: number
  /** Megabytes that all processes hold, and from where on it starts itself anew between two visits. */
  memory: number
  memoryLimit: number
  /** Megabytes free where the profile is. */
  free: number
  archives: { id: string; name: string; place: string; state: ArchiveState; shown: boolean }[]
  today: KioskCounts
  total: KioskCounts
  recovered: KioskRecovered
}
