import type { ParentPort } from 'electron'
import { ArchiveError } from '../archive/errors.ts'
import { toReply } from './bridge/reply.ts'
import type { ServiceMessage, ServiceRequest } from './services.ts'

/**
 * Answers main's requests in a background process: one method a message, every outcome a value. `understand` turns
 * errors of libraries into those a user can meet, where it can.
 */
export function hostService(
  service: object,
  port: ParentPort,
  understand: (error: unknown) => unknown = (error) => error,
): (message: ServiceMessage) => void {
  const send = (message: ServiceMessage): void => port.postMessage(message)
  const methods = service as Record<string, ((input: unknown) => Promise<unknown>) | undefined>
  port.on('message', ({ data }: { data: unknown }) => {
    const { id, method, input } = data as ServiceRequest
    if (method === 'alive') return send({ type: 'alive' })
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined
    const outcome = run ? run(input) : Promise.reject(new Error(`no method ${method}`))
    outcome.then(
      (value) => send({ type: 'reply', id, reply: { ok: true, value } }),
      (thrown: unknown) => {
        const error = understand(thrown)
        if (!(error instanceof ArchiveError)) send({ type: 'log', level: 'error', text: describe(method, error) })
        send({ type: 'reply', id, reply: toReply(error) })
      },
    )
  })
  return send
}

function describe(method: string, error: unknown): string {
  return `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
