import { ArchiveError, isErrorCode, type Details } from '../../archive/errors.ts'

/** Replies are values: Electron keeps only the message of a thrown error, and the interface must know the code. */
export type Reply<Value> =
  /** `isJson`: the value is a text of it. Objects that cross into the page are copied one by one, a text at once. */
  { ok: true; value: Value; isJson?: true } | { ok: false; code: string; details: Details }

/** What the preload script puts into the window. Functions only, frozen. */
export interface PreloadSurface {
  call: Record<string, Record<string, (input: unknown) => Promise<Reply<unknown>>>>
  /** Listens; the answer stops listening. */
  on: (event: string, listener: (payload: unknown) => void) => () => void
  /** A token for a file or folder dropped on the window; its path stays with main. Undefined: not from the disk. */
  dropped: (file: File) => Promise<{ token: string; name: string } | undefined>
  platform: string
}

/** An outcome as a value that crosses processes. Unknown errors become `internal`; the caller logs them. */
export function toReply(error: unknown): Extract<Reply<never>, { ok: false }> {
  if (error instanceof ArchiveError) return { ok: false, code: error.code, details: error.details }
  return { ok: false, code: 'internal', details: {} }
}

/** The value of a reply, or the error it stands for, rebuilt. */
export function fromReply<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.isJson ? (JSON.parse(String(reply.value)) as Value) : reply.value
  throw new ArchiveError(isErrorCode(reply.code) ? reply.code : 'internal', reply.details)
}
