/** Code unit order: the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Paths of a source found in its own sorted list, which is in memory anyway: a map of a hundred thousand paths takes
 * as much again.
 */
export class FilePositions {
  readonly #files: readonly string[]

  /** `files`: as `Source` lists them. */
  constructor(files: readonly string[]) {
    const isSorted = files.every((file, at) => at === 0 || byCodeUnit(files[at - 1] ?? '', file) <= 0)
    this.#files = isSorted ? files : [...files].sort(byCodeUnit)
  }

  /** The position of a path, or -1. */
  of(path: string): number {
    let [low, high] = [0, this.#files.length - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const order = byCodeUnit(this.#files[middle] ?? '', path)
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** The source's own string for a path that it lists. */
  own(path: string): string | undefined {
    return this.#files[this.of(path)]
  }

  get length(): number {
    return this.#files.length
  }

  /** The path at a position. */
  at(position: number): string {
    return this.#files[position] ?? ''
  }
}

/** Marks on files of a source, a byte each. Paths that it does not list are passed over. */
export class FileMarks<Mark extends string = 'marked'> implements ReadonlyFileMarks<Mark> {
  readonly #positions: FilePositions
  readonly #marks: Uint8Array
  readonly #kinds: readonly Mark[]

  /** `kinds`: every mark there is. */
  constructor(files: readonly string[], kinds: readonly Mark[]) {
    this.#positions = new FilePositions(files)
    this.#marks = new Uint8Array(files.length)
    this.#kinds = kinds
  }

  set(file: string, mark: Mark): void {
    const position = this.#positions.of(file)
    if (position >= 0) this.#marks[position] = this.#kinds.indexOf(mark) + 1
  }

  has(file: string): boolean {
    return (this.#marks[this.#positions.of(file)] ?? 0) > 0
  }

  *marked(mark: Mark): Generator<string> {
    const value = this.#kinds.indexOf(mark) + 1
    for (const [position, own] of this.#marks.entries()) if (own === value) yield this.#positions.at(position)
  }
}

export interface ReadonlyFileMarks<Mark extends string> {
  has: (file: string) => boolean
  /** Files with that mark, sorted. */
  marked: (mark: Mark) => Iterable<string>
}
