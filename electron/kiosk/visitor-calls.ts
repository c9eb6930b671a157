import type { Bridge } from '../bridge/contract.ts'

/**
 * What the window of a visitor may call. Everything that is not named here is refused: a call that is new in the
 * contract is closed to visitors until somebody decides otherwise.
 */
export const visitorCalls: { readonly [Group in keyof Bridge]?: readonly (keyof Bridge[Group])[] } = {
  library: ['list', 'shelf', 'open', 'hasSample', 'requested'],
  issues: ['ofTitle', 'ofDay', 'pageThroughTime', 'glance', 'read', 'makeTiles', 'tiles', 'keepPlace'],
  article: ['read', 'lines'],
  search: ['find', 'days', 'suggest', 'cancel'],
  annotations: ['state', 'ofIssue'],
  takeaway: ['facts', 'cut'],
  settings: ['read', 'locked', 'change'],
  kiosk: [
    'read',
    'touched',
    'wipe',
    'cite',
    'print',
    'stick',
    'saveToStick',
    'enterPin',
    'status',
    'log',
    'showArchives',
    'leaveStaff',
    'exit',
  ],
}

/** Of those, the ones that need the staff's PIN first. */
export const staffCalls: readonly (keyof Bridge['kiosk'])[] = ['status', 'log', 'showArchives', 'exit']

/** What a hidden sheet needs to lay out a print. */
export const sheetCalls: typeof visitorCalls = {
  issues: ['read'],
  article: ['read'],
  takeaway: ['facts', 'cut'],
  kiosk: ['read'],
}

/** Whether a call stands in such a list. */
export function mayCall(list: typeof visitorCalls, group: string, method: string): boolean {
  const methods = Object.hasOwn(list, group) ? (list as Record<string, readonly string[]>)[group] : undefined
  return methods?.includes(method) ?? false
}
