import { protocol, type Protocol } from 'electron'
import { servePicture } from './archive-protocol.ts'
import { serveInterface } from './interface-files.ts'
import type { AnswerService } from './services.ts'

export const appOrigin = 'app://ui'

/** To be called before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    {
      scheme: 'archive',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ])
}

/**
 * Serves the interface as `app://ui/…` and an archive's pictures as `archive://…`. `folder`: the built interface; `of`:
 * the session's, the default session's when it is not said.
 */
export function serveProtocols(folder: string, answers: Pick<AnswerService, 'locate'>, of: Protocol = protocol): void {
  of.handle('app', (request) => serveInterface(folder, request))
  of.handle('archive', (request) => servePicture(request, answers))
}
