import { ArchiveError } from './errors.ts'
import type { Source } from './import/source.ts'
import type { WorkControl } from './work-pause.ts'

/** Longer than this nobody looks at a figure that does not move. */
const patience = 250

/**
 * Progress of work that waits for a disk: which file it is at is told as soon as reading it takes longer than a moment,
 * and work that was cancelled ends at the next read, also in the middle of a file.
 */
export class SlowReading<Progress extends { file: string }> {
  private waiting: NodeJS.Timeout | undefined

  constructor(
    private latest: Progress,
    private readonly control: WorkControl & { onProgress?: (progress: Progress) => void },
  ) {}

  /** Tells progress at once. */
  tell(progress: Progress): void {
    this.latest = progress
    this.control.onProgress?.(progress)
  }

  /** A file is read now. Throws ArchiveError `cancelled`. */
  at(file: string, more?: Partial<Progress>): void {
    if (this.control.signal?.aborted) throw new ArchiveError('cancelled')
    this.latest = { ...this.latest, ...more, file }
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined
      this.control.onProgress?.(this.latest)
    }, patience)
  }

  /** A source whose every read is noted here. */
  watch(source: Source): Source {
    const { name, files, refused, packedIn } = source
    const noted = <Result>(path: string, read: () => Result): Result => {
      this.at(path)
      return read()
    }
    return {
      ...{ name, files, refused },
      bytes: async (path) => noted(path, () => source.bytes(path)),
      size: async (path) => noted(path, () => source.size(path)),
      diskPath: (path) => noted(path, () => source.diskPath(path)),
      ...(packedIn ? { packedIn: (path: string) => packedIn.call(source, path) } : {}),
      close: () => source.close(),
    }
  }

  close(): void {
    clearTimeout(this.waiting)
  }
}
