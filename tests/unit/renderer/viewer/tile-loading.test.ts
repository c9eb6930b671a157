import { beforeEach, expect, it, vi } from 'vitest'
import { tileLoading } from '../../../../renderer/viewer/tile-loading.ts'

/** A decoded tile: what it was made of, and whether it was given back. */
interface Decoded {
  text: string
  closed: boolean
}

let decoded: Decoded[]
beforeEach(() => {
  decoded = []
  vi.stubGlobal('createImageBitmap', async (blob: Blob) => {
    const picture = { text: await blob.text(), closed: false, close: () => (picture.closed = true) }
    if (picture.text === '') throw new Error('no picture')
    decoded.push(picture)
    return picture
  })
})

function reader(missing?: number) {
  const calls: number[][] = []
  const loading = tileLoading(async (tiles) => {
    calls.push([...tiles])
    if (missing !== undefined && tiles.includes(missing)) throw new Error('missing')
    return tiles.map((tile) => new TextEncoder().encode(`tile ${tile}`))
  })
  return { calls, loading, text: async (tile: number) => ((await loading.take(tile)) as Decoded | undefined)?.text }
}

it('reads what is asked for at one time in one call, and each tile once', async () => {
  const { calls, loading, text } = reader()
  loading.expect([4, 5])
  expect(await Promise.all([text(5), text(4)])).toEqual(['tile 5', 'tile 4'])
  expect(calls).toEqual([[4, 5]])
  expect(await Promise.all([text(5), text(6)])).toEqual(['tile 5', 'tile 6'])
  expect(calls).toEqual([
    [4, 5],
    [5, 6],
  ])
})

it('does not load again ahead what the canvas has, until it gives it up', async () => {
  const { calls, loading, text } = reader()
  await text(4)
  loading.expect([4, 5])
  await text(5)
  loading.unloaded(4)
  loading.expect([4, 5])
  await text(4)
  expect(calls).toEqual([[4], [5], [4]])
})

it('has the tiles of the steps of a movement wait for those it leads to', async () => {
  const { calls, loading, text } = reader()
  loading.expect([4, 5])
  const [step, goal] = [text(1), text(5)]
  expect(await goal).toBe('tile 5')
  expect(decoded.map((each) => each.text)).not.toContain('tile 1')
  expect(await step).toBe('tile 1')
  expect(calls).toEqual([[4, 5], [1]])
})

it('asks for no more at once than the program answers', async () => {
  const { calls, text } = reader()
  await Promise.all(Array.from({ length: 100 }, (_, tile) => text(tile)))
  expect(calls.map(({ length }) => length)).toEqual([48, 48, 4])
})

it('gives up what one movement led to when the next leads elsewhere, but not what the canvas waits for', async () => {
  const { loading, text } = reader()
  loading.expect([1, 2])
  const waiting = text(2)
  loading.expect([3])
  expect(await waiting).toBe('tile 2')
  loading.stop()
  await vi.waitFor(() => expect(decoded).toHaveLength(3))
  await vi.waitFor(() =>
    expect(decoded.map((each) => [each.text, each.closed])).toEqual([
      ['tile 1', true],
      ['tile 2', false],
      ['tile 3', true],
    ]),
  )
})

it('has nothing for who gave a tile up, and an error for who waits for one that is not there', async () => {
  const given = reader()
  const waiting = given.text(7)
  given.loading.forget(7)
  expect(await waiting).toBeUndefined()
  expect(decoded).toMatchObject([{ text: 'tile 7', closed: true }])

  const { text } = reader(8)
  await expect(text(8)).rejects.toThrow('missing')
  expect(await text(9)).toBe('tile 9')
})
