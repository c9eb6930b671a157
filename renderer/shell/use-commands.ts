import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { useLibraryStore } from '../library/library-store.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { languages, themes } from '../shared/appearances.ts'
import { keyCap, keyScopes } from '../shared/keyboard.ts'
import { calendarRoute, readerRoute, single } from '../shared/routes.ts'
import { useFormats } from '../shared/use-formats.ts'
import { typedDate } from './typed-date.ts'

/** A line of the command palette. */
export interface Command {
  text: string
  /** What kind of thing it is, in words. */
  group: string
  /** The key that does the same, as printed. */
  keys?: string
  /** The text is in another language than the interface. */
  lang?: string
  run: () => void
}

/** Keys that only move what one looks at: nobody looks for them by name. */
const moves = /^(Arrow|Page|Home|End|Escape|Enter| $)/

/** Everything that can be done and every place one can go to from here, as the palette lists it. */
export function useCommands() {
  const { t, te } = useI18n()
  const { date } = useFormats()
  const route = useRoute()
  const router = useRouter()
  const library = useLibraryStore()
  const preferences = useSettingsStore()

  /** What has a key at this moment. The palette must ask before it is shown. */
  function actions(): Command[] {
    const found = new Map<string, Command>()
    for (const { name, keys } of [...keyScopes].reverse()) {
      for (const { key, text, when, run } of keys) {
        const unlisted = moves.test(key) || text === 'shell.palette' || text === 'shell.goToDate'
        if (found.has(text) || unlisted || when?.() === false) continue
        const heading = `shell.scope.${name}`
        found.set(text, { text: t(text), group: te(heading) ? t(heading) : '', keys: keyCap(key), run })
      }
    }
    return [...found.values()]
  }

  function places(): Command[] {
    const group = t('shell.goTo')
    const screens = (['library', 'notes', 'jobs', 'settings'] as const).filter((name) => name !== route.name)
    const archive = single(route.params['archive'])
    const opened = archive === undefined ? undefined : library.opened(archive)
    return [
      ...screens.map((name) => ({ text: t(`shell.place.${name}`), group, run: () => void router.push({ name }) })),
      ...(opened?.titles ?? []).map((title) => ({
        text: title.name,
        group: t('shell.place.calendar'),
        lang: title.language,
        run: () => void router.push(calendarRoute(opened?.id ?? '', title.id)),
      })),
      ...library.entries.map((entry) => ({
        text: entry.name,
        group: t('shell.archive'),
        run: () => void router.push(calendarRoute(entry.id)),
      })),
    ]
  }

  /** Where reading was left, last opened archive first. */
  function lastRead(): Command[] {
    return library.entries.flatMap((entry) => {
      const place = entry.lastRead
      if (!place || (entry.state !== 'ready' && entry.state !== 'unprepared')) return []
      const page = t('shared.pageNumber', { label: place.pageLabel })
      const run = () => void router.push(readerRoute(entry.id, place, place.page))
      return [{ text: `${place.titleName} ${date(place.date)} ${page}`, group: t('library.continue'), run }]
    })
  }

  function appearances(): Command[] {
    const { theme: present, language: spoken } = preferences.settings
    return [
      ...themes
        .filter((theme) => theme !== present)
        .map((theme) => ({
          text: t(`shell.themes.${theme}`),
          group: t('shell.theme'),
          run: () => void preferences.change({ theme }),
        })),
      ...languages
        .filter(([language]) => language !== spoken)
        .map(([language, text]) => ({
          text,
          lang: language,
          group: t('shell.language'),
          run: () => void preferences.change({ language }),
        })),
    ]
  }

  /** What the words themselves can mean: a day of the title in view, and something to search for. */
  function meant(typed: string): Command[] {
    const archive = single(route.params['archive']) ?? library.entries.find(({ state }) => state === 'ready')?.id
    if (archive === undefined || typed.trim() === '') return []
    const read = single(route.params['date']) ?? single(route.query['day'])
    const day = typedDate(typed, read === undefined ? undefined : Number(read.slice(0, 4)))
    const q = typed.trim()
    const search = {
      text: t('shell.searchFor', { text: q }),
      group: t('shell.search'),
      run: () => void router.push({ name: 'search', params: { archive }, query: { q } }),
    }
    if (!day) return [search]
    const title = single(route.params['title'])
    const run = () => void router.push(calendarRoute(archive, title, day))
    return [{ text: date(day), group: t('shell.goToDate'), run }, search]
  }

  return { listed: () => [...lastRead(), ...actions(), ...places(), ...appearances()], meant }
}
