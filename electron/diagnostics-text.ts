import type { DiagnosticsView, SelfTestLine } from './bridge/diagnostics-views.ts'
import type { Settings } from './bridge/views.ts'

interface TextParts {
  view: DiagnosticsView
  test: readonly SelfTestLine[]
  settings: Settings
  /** The last lines of the log. */
  log: readonly string[]
  /** Takes out what says something about a person. */
  impersonal: (text: string) => string
}

/**
 * What a helper needs to know, in English as those who read it expect. Archives are told by number: neither their
 * names, nor what was read, sought or noted is in it.
 */
export function diagnosticsText({ view, test, settings, log, impersonal }: TextParts): string {
  const { versions, policy, portable, refused, crashes } = view
  const parts = [
    `Banmian ${versions.program}${versions.packaged ? '' : ' (from source)'}`,
    `Electron ${versions.electron}, Chromium ${versions.chromium}, Node ${versions.node}`,
    versions.system,
    `portable: ${portable ? (refused === undefined ? 'yes' : 'asked for, but the folder is read-only') : 'no'}`,
    `policy: ${policy.problem ?? (policy.file === undefined ? 'none' : `locks ${policy.locked.join(', ') || 'nothing'}`)}`,
    '',
    'Settings',
    ...Object.entries(settings).map(([name, value]) => `  ${name}: ${plainSetting(name, value)}`),
    '',
    'Self-test',
    ...test.map(lineText),
    '',
    'Crash reports kept here',
    ...(crashes.length > 0 ? crashes.map(({ time, bytes }) => `  ${time} ${bytes} bytes`) : ['  none']),
    '',
    `Log, last ${log.length} lines`,
    ...log.map((line) => `  ${line}`),
  ]
  return `${parts.map(impersonal).join('\n')}\n`
}

/** What is kept for single titles is counted: their ids would tell what is read. */
function plainSetting(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value)
  if (name !== 'articleLook') return `${entries.length} kept`
  return entries.map(([part, chosen]) => `${part} ${String(chosen)}`).join(', ')
}

function lineText({ check, state, details, archive }: SelfTestLine): string {
  const said = Object.entries(details).map(([name, value]) => `${name} ${value}`)
  return `  ${state.padEnd(5)} ${check}${archive ? ` ${archive.number}` : ''}${said.length > 0 ? `: ${said.join(', ')}` : ''}`
}
