import type { NoteColour, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { boxesOn, markPath, outlineOf } from './mark-geometry.ts'

export type MarkLook = 'area' | 'line' | 'text' | 'about' | 'lost'

export interface MarkGroup {
  key: string
  colour: NoteColour
  look: MarkLook
  path: string
}

/** The page is drawn in so many fields across and down. */
const fields = 5

/**
 * The marks of a page by colour, look and the field of the page they stand in: thousands of them are few paths, and of
 * these only those that are seen have to be drawn, each short.
 */
export function markGroups(notes: readonly PlacedNote[], page: string): MarkGroup[] {
  const groups = new Map<string, MarkGroup>()
  for (const note of notes) {
    const path = markPath(note, page)
    const box = outlineOf(note, page)
    if (path === '' || !box) continue
    const look = lookOf(note, page)
    const key = `${note.colour}-${look}-${fieldOf(box.x + box.w / 2)}-${fieldOf(box.y + box.h / 2)}`
    const group = groups.get(key) ?? { key, colour: note.colour, look, path: '' }
    group.path += path
    groups.set(key, group)
  }
  return [...groups.values()]
}

const fieldOf = (at: number): number => Math.min(Math.max(Math.floor(at * fields), 0), fields - 1)

export function lookOf(note: PlacedNote, page: string): MarkLook {
  if (note.lost) return 'lost'
  if (note.shape) return note.shape.kind === 'freehand' ? 'line' : 'area'
  return note.level === 'text' && boxesOn(note, page).some((box) => box.precision === 'word') ? 'text' : 'about'
}
