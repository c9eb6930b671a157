import { app } from 'electron'
import { ArchiveError } from '../../archive/errors.ts'
import { chosenPolicy, machinePolicyFile, type ChosenPolicy } from '../../archive/kiosk/policy-file.ts'
import type { BridgeServer } from '../bridge-server.ts'
import { openingSwitches } from './debug-switches.ts'

/** Exit code of a start that cannot be right: EX_CONFIG of sysexits.h, after which a supervisor does not try again. */
export const wrongStart = 78

/** Exit code that asks a supervisor to start the program again: EX_TEMPFAIL of sysexits.h. */
export const startAgain = 75

interface Start {
  argv: readonly string[]
  folder: string
  /** Folder of the program's built parts. */
  built: string
  log: (text: string) => void
}

/**
 * The policy this start runs under; undefined at a desk. A policy that is wrong, or a start that would open the kiosk,
 * ends in `refused` with a sentence on standard error and in the log: never in the open program.
 */
export function kioskPolicy({ argv, folder, built, log }: Start): ChosenPolicy | 'refused' | undefined {
  const refuse = (why: string): 'refused' => {
    log(`kiosk not started: ${why}`)
    process.stderr.write(`banmian: kiosk not started: ${why}\n`)
    return 'refused'
  }
  try {
    const chosen = chosenPolicy(argv, folder, machinePolicyFile(process.platform, process.env))
    if (!chosen) return undefined
    const opening = openingSwitches({
      hasSwitch: (name) => app.commandLine.hasSwitch(name),
      argv,
      environment: process.env,
      // The name of the program alone would be easily changed.
      packaged: app.isPackaged || built.includes('.asar'),
    })
    if (opening.length > 0) return refuse(`these would open it: ${opening.join(', ')}`)
    log(`kiosk: ${chosen.file}`)
    if (chosen.doubt !== undefined) log(`kiosk: ${chosen.doubt}`)
    for (const word of ['disable-pinch', 'noerrdialogs', 'disable-breakpad']) app.commandLine.appendSwitch(word)
    app.commandLine.appendSwitch('overscroll-history-navigation', '0')
    return chosen
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    return refuse(error.message)
  }
}

const refused = async (): Promise<never> => {
  throw new ArchiveError('kiosk-refused', { call: 'kiosk' })
}

/** A kiosk says nothing about the program it is. */
export const kioskDiagnostics: BridgeServer['diagnostics'] = {
  read: refused,
  test: refused,
  copy: refused,
  show: refused,
  removeCrashes: refused,
  chooseUpdate: refused,
  openUpdate: refused,
}

/** The kiosk's calls where there is none. */
export const deskKiosk: BridgeServer['kiosk'] = {
  read: async () => undefined,
  touched: refused,
  wipe: refused,
  cite: refused,
  print: refused,
  stick: refused,
  saveToStick: refused,
  enterPin: refused,
  status: refused,
  log: refused,
  showArchives: refused,
  leaveStaff: refused,
  exit: refused,
}
