import * as v from 'valibot'
import { call, nothing, word } from './call.ts'
import type { DiagnosticsView, SelfTestLine, UpdateView } from './diagnostics-views.ts'

/** Calls about the program itself. */
export const diagnosticsCalls = {
  read: call<DiagnosticsView>()(nothing),
  /** Looks at everything the program needs; takes a few seconds with large archives. */
  test: call<SelfTestLine[]>()(nothing),
  /** Puts what a helper needs to know on the clipboard, without a word of what was read or sought; answers it. */
  copy: call<string>()(nothing),
  /** Opens a folder in the system's file manager. */
  show: call<undefined>()(v.strictObject({ place: v.picklist(['data', 'logs', 'crashes']) })),
  removeCrashes: call<undefined>()(nothing),
  /** Asks for an update file and checks its signature; undefined when the user changed their mind. */
  chooseUpdate: call<UpdateView | undefined>()(nothing),
  /** Hands a checked update over to the system. */
  openUpdate: call<undefined>()(v.strictObject({ token: word(64) })),
}
