import { protocol } from 'electron'
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

/** Serves the interface as `app://ui/…` and an archive's pictures as `archive://…`. `folder`: the built interface. */
export function serveProtocols(folder: string, answers: Pick<AnswerService, 'locate'>): void {
  protocol.handle('app', (request) => serveInterface(folder, request))
  protocol.handle('archive', (request) => servePicture(request, answers))
}
