/**
 * Who may decode next. A large page takes hundreds of megabytes while it is decoded, so a process decodes one at a time;
 * a page that someone is looking at comes before the rest of the archive, the newest such wish first.
 */

type Turn = () => Promise<void>

const wished: Turn[] = []
const waiting: Turn[] = []
let busy = false
/** Called when no wish is left. */
const quiet: (() => void)[] = []
let wishes = 0

/** Runs work on a large picture when it is its turn. `wish`: someone waits for it. */
export function inTurn<Result>(work: () => Promise<Result>, wish = false): Promise<Result> {
  if (wish) wishes += 1
  return new Promise<Result>((resolve, reject) => {
    const turn = async (): Promise<void> => {
      await work().then(resolve, reject)
      if (wish) wishes -= 1
      if (wishes === 0) quiet.splice(0).forEach((go) => go())
    }
    if (wish) wished.push(turn)
    else waiting.push(turn)
    void next()
  })
}

async function next(): Promise<void> {
  if (busy) return
  const turn = wished.pop() ?? waiting.shift()
  if (!turn) return
  busy = true
  await turn()
  busy = false
  void next()
}

/** Resolves when nobody waits for a page: what is only made ahead lets them pass. */
export async function whenNobodyWaits(): Promise<void> {
  if (wishes > 0) await new Promise<void>((resolve) => quiet.push(resolve))
}
