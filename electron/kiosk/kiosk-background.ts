import { join } from 'node:path'
import { ArchiveError } from '../../archive/errors.ts'
import type { KioskRecovered } from '../bridge/kiosk-views.ts'
import type { CountedSearch } from '../bridge/views.ts'
import { openJobs, type Jobs } from '../jobs.ts'
import { openLibrary, type Library } from '../library.ts'
import { serviceClient, type ServiceClient } from '../service-client.ts'
import { answering, working } from '../service-limits.ts'
import type { AnswerService, WorkService } from '../services.ts'

interface BackgroundParts {
  /** Folder of the built parts, of derived data, and of what the kiosk keeps. */
  built: string
  cache: string
  own: string
  recovered: KioskRecovered
  /** The rest of an answer to a search of this client. */
  counted: (client: number, counted: CountedSearch) => void
  /** An archive can be read, or read anew. */
  changed: () => void
  log: (text: string) => void
}

export interface KioskBackground {
  answers: ServiceClient<AnswerService>
  worker: ServiceClient<WorkService>
  library: Library
  jobs: Jobs
}

/** In place of whatever asks somebody at a desk. */
export const refuse = async (): Promise<never> => {
  throw new ArchiveError('kiosk-refused', { call: 'dialog' })
}

/** The two background processes of a kiosk, its shelf and its work. Either may fall; both are started again. */
export function kioskBackground(parts: BackgroundParts): KioskBackground {
  const { built, cache, own, recovered, log } = parts
  const answers = serviceClient<AnswerService>({
    entry: join(built, 'answer-process.cjs'),
    ...answering,
    words: [join(own, 'notes')],
    patience: 20,
    log,
    onMessage: (message) => {
      if (message.type === 'counted') parts.counted(message.client, message.counted)
      else if (message.type === 'log') log('answer: an error inside')
    },
    onCrash: (code) => {
      recovered.answer += 1
      log(`answering process ended with ${code}; it is started again`)
      library.forgetOpened()
      answers.start()
    },
  })
  const worker = serviceClient<WorkService>({
    entry: join(built, 'work-process.cjs'),
    ...working,
    log,
    onMessage: (message) => {
      if (message.type === 'progress') jobs.onProgress(message.progress)
      else if (message.type === 'readable') jobs.onReadable(message.job)
      else if (message.type === 'log') log('work: an error inside')
    },
    onCrash: (code) => {
      recovered.work += 1
      log(`working process ended with ${code}; it is started again when it is needed`)
    },
  })
  const library = openLibrary({ file: join(own, 'library.json'), cache, answers: answers.call })
  const jobs = openJobs({
    worker: worker.call,
    cache,
    tell: () => undefined,
    imported: refuse,
    changed: (archive) => {
      library.reopen(archive).then(parts.changed, (error: unknown) => log(`reopening ${archive}: ${String(error)}`))
    },
  })
  return { answers, worker, library, jobs }
}
