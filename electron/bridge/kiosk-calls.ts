import * as v from 'valibot'
import { citationForms } from '../../archive/annotations/annotation-model.ts'
import { archive, call, issue, nothing, word } from './call.ts'
import type { KioskStatus, KioskView } from './kiosk-views.ts'
import { paper, takeawayJob } from './print-sheet.ts'

/** The calls of the reading-room screen. Those of the staff answer `staff-only` before a right PIN. */

const jobs = v.pipe(v.array(takeawayJob), v.minLength(1), v.maxLength(20))

export const kioskCalls = {
  /** Undefined where this is no kiosk. */
  read: call<KioskView | undefined>()(nothing),
  /** Somebody is there. */
  touched: call<undefined>()(nothing),
  /** Ends the visit: nothing of it is left, and a fresh window stands there. */
  wipe: call<undefined>()(nothing),
  /** The reference of an article, or a page; the clipboard is left alone. */
  cite: call<string>()(
    v.strictObject({
      archive,
      issue: v.strictObject(issue),
      page: v.optional(word(120)),
      article: v.optional(word(200)),
      form: v.picklist(citationForms),
    }),
  ),
  /** Prints without asking, on the staff's printer; answers the pages printed and those left to this visit. */
  print: call<{ pages: number; left: number }>()(v.strictObject({ jobs, paper })),
  /** Whether there is a stick that may be written. */
  stick: call<boolean>()(nothing),
  /** Writes a PDF for each job, and the references, onto the stick; answers the names of the files. */
  saveToStick: call<{ files: string[] }>()(
    v.strictObject({ jobs, paper, citations: v.pipe(v.array(word(5000)), v.maxLength(200)) }),
  ),
  /** Throws `wrong-pin`, `pin-locked`. After the right one the calls of the staff are answered for a while. */
  enterPin: call<undefined>()(v.strictObject({ pin: v.pipe(v.string(), v.regex(/^\d{4,12}$/)) })),
  status: call<KioskStatus>()(nothing),
  /** The last lines of the log, newest last. */
  log: call<string[]>()(nothing),
  /** Which of the policy's archives are shown, until the next start. */
  showArchives: call<KioskView>()(
    v.strictObject({ archives: v.pipe(v.array(archive), v.minLength(1), v.maxLength(200)) }),
  ),
  /** The staff is done. */
  leaveStaff: call<undefined>()(nothing),
  /** Ends the program. */
  exit: call<undefined>()(nothing),
} as const
