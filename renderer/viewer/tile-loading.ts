/** Tiles that are asked for in one call, and that one movement may have loaded ahead: a large screen full of them. */
const MOST_AT_ONCE = 48

/** Reads tiles of a page, as JPEGs, in the order of their numbers. */
export type ReadTiles = (tiles: number[]) => Promise<Uint8Array[]>

interface Loading {
  picture: Promise<ImageBitmap>
  /** The canvas has asked for it: it is not given up with what was only expected. */
  asked: boolean
  /** Nobody wants it any more. */
  left: boolean
}

/**
 * The tiles of one page: loaded when the canvas asks for them, and those a movement leads to before it does. What is asked
 * for at one time is read in one call, and decoded beside the interface's thread.
 */
export function tileLoading(read: ReadTiles) {
  const under = new Map<number, Loading>()
  /** Tiles the canvas has: a movement need not have them loaded again. */
  const drawn = new Set<number>()
  /** Settles when what a movement leads to is there: the tiles of its steps wait for that. */
  let arriving: Promise<unknown> | undefined
  let batch: { tiles: number[]; bytes: Promise<Map<number, Uint8Array>> } | undefined

  /** The bytes of a tile, in one call with those that are asked for in the same breath. */
  async function bytesOf(tile: number): Promise<Uint8Array> {
    if (!batch || batch.tiles.length >= MOST_AT_ONCE) {
      const tiles: number[] = []
      const bytes = Promise.resolve().then(async () => {
        if (batch?.tiles === tiles) batch = undefined
        const pictures = await read(tiles)
        return new Map(tiles.map((each, index) => [each, pictures[index] ?? new Uint8Array()]))
      })
      batch = { tiles, bytes }
    }
    batch.tiles.push(tile)
    return (await batch.bytes).get(tile) ?? new Uint8Array()
  }

  async function decode(tile: number): Promise<ImageBitmap> {
    const bytes = await bytesOf(tile)
    return createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }))
  }

  function load(tile: number, asked: boolean): Loading {
    const known = under.get(tile)
    if (known) {
      known.asked ||= asked
      return known
    }
    const picture = asked && arriving ? arriving.then(() => decode(tile)) : decode(tile)
    const loading = { picture, asked, left: false }
    // Of what nobody asks for in the end, nobody need hear that it failed.
    loading.picture.catch(() => undefined)
    under.set(tile, loading)
    return loading
  }

  /** A tile that nobody wants any more. */
  function forget(tile: number): void {
    const loading = under.get(tile)
    if (!loading) return
    under.delete(tile)
    loading.left = true
    loading.picture.then((bitmap) => bitmap.close()).catch(() => undefined)
  }

  return {
    /** A tile the canvas wants now; who takes it closes it. Undefined when it was given up meanwhile. */
    async take(tile: number): Promise<ImageBitmap | undefined> {
      const loading = load(tile, true)
      try {
        const bitmap = await loading.picture
        if (loading.left) return undefined
        drawn.add(tile)
        return bitmap
      } catch (error) {
        if (loading.left) return undefined
        throw error
      } finally {
        if (under.get(tile) === loading) under.delete(tile)
      }
    },
    forget,
    /** The canvas has given a tile up that it had. */
    unloaded: (tile: number) => drawn.delete(tile),
    /** Begins with the tiles a movement leads to; those that another one led to are given up. */
    expect(tiles: readonly number[]): void {
      const wanted = new Set(tiles.filter((tile) => !drawn.has(tile)).slice(0, MOST_AT_ONCE))
      for (const [tile, { asked }] of under) if (!asked && !wanted.has(tile)) forget(tile)
      const pictures = [...wanted].map((tile) => load(tile, false).picture)
      const all = Promise.allSettled(pictures).then(() => {
        if (arriving === all) arriving = undefined
      })
      arriving = all
    },
    /** Gives up what was only expected: its page is left. */
    stop(): void {
      for (const [tile, { asked }] of under) if (!asked) forget(tile)
    },
  }
}

export type TileLoading = ReturnType<typeof tileLoading>
