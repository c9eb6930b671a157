/** A reading with its words, most frequent first. */
export interface Reading {
  syllables: string[]
  /** The syllables without anything between them. */
  typed: string
  words: { word: string; weight: number }[]
}

/** The dictionary as it is asked. */
export interface PinyinDictionary {
  /** By what is typed in full. `xian` may be read as one syllable or two. */
  whole: ReadonlyMap<string, Reading[]>
  /** By the first letter. */
  initial: ReadonlyMap<string, Reading[]>
}

/** Reads the lines of dictionary-text.ts. */
export function readDictionary(lines: string): PinyinDictionary {
  const whole = new Map<string, Reading[]>()
  const initial = new Map<string, Reading[]>()
  for (const line of lines.split('\n')) {
    const [spaced = '', list = ''] = line.split('\t')
    const syllables = spaced.split(' ')
    const words = [...list.matchAll(/(\D+)(\d+)/g)].map(([, word = '', weight]) => ({ word, weight: Number(weight) }))
    const reading = { syllables, typed: syllables.join(''), words }
    put(whole, reading.typed, reading)
    put(initial, spaced[0] ?? '', reading)
  }
  return { whole, initial }
}

function put(map: Map<string, Reading[]>, key: string, reading: Reading): void {
  const known = map.get(key)
  if (known) known.push(reading)
  else map.set(key, [reading])
}
