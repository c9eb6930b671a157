import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { citationForms } from '../../archive/annotations/annotation-model.ts'
import type { ArticleLook, Settings } from '../../electron/bridge/views.ts'
import { languages, themes } from '../shared/appearances.ts'
import { useSettingsStore } from './settings-store.ts'

/** One of a few values, all in view. */
interface ChoiceSetting {
  kind: 'choice'
  name: string
  heading: string
  choices: { value: string; text: string; lang?: string }[]
  chosen: string
  locked: boolean
  choose: (value: string) => void
}

/** Things that are on or off. */
interface TickSetting {
  kind: 'ticks'
  name: string
  heading: string
  ticks: { name: string; text: string; on: boolean; locked: boolean; turn: () => void }[]
}

/** Controls of their own, drawn by the view. */
interface OwnSetting {
  kind: 'scale' | 'keeping'
  name: string
  heading: string
  /** What else the search finds it by. */
  words: string[]
  locked: boolean
}

export type SettingRow = ChoiceSetting | TickSetting | OwnSetting

const scales: Settings['interfaceScale'][] = [100, 125, 150, 200]
const fits: Settings['fit'][] = ['page', 'width']
const looks = {
  face: ['serif', 'sans'],
  lines: ['tight', 'usual', 'wide'],
  measure: ['narrow', 'usual', 'wide'],
  script: ['printed', 'hans', 'hant'],
  flow: ['across', 'down'],
} as const satisfies Partial<{ [Name in keyof ArticleLook]: readonly ArticleLook[Name][] }>

/** Every setting, by section, as the page shows it and its search finds it. */
export function useSettingRows() {
  const { t } = useI18n()
  const preferences = useSettingsStore()
  const settings = computed(() => preferences.settings)

  function choice<Value extends string>(
    name: string,
    heading: string,
    values: readonly Value[],
    text: (value: Value) => string,
    chosen: Value,
    choose: (value: Value) => Promise<unknown>,
    setting: keyof Settings = name as keyof Settings,
  ): ChoiceSetting {
    const choices = values.map((value) => ({ value, text: text(value) }))
    const find = (wanted: string) => values.find((value) => value === wanted)
    const take = (wanted: string) => {
      const value = find(wanted)
      if (value !== undefined) void choose(value)
    }
    return { kind: 'choice', name, heading, choices, chosen, locked: preferences.isLocked(setting), choose: take }
  }

  function look<Name extends keyof typeof looks>(name: Name): ChoiceSetting {
    const values: readonly string[] = looks[name]
    return choice(
      name,
      t(`article.look.${name}.name`),
      values,
      (value) => t(`article.look.${name}.${value}`),
      settings.value.articleLook[name],
      (value) => preferences.change({ articleLook: { ...settings.value.articleLook, [name]: value } }),
      'articleLook',
    )
  }

  const language = computed<SettingRow>(() => ({
    kind: 'choice',
    name: 'language',
    heading: t('shell.language'),
    choices: languages.map(([value, text]) => ({ value, text, lang: value })),
    chosen: settings.value.language,
    locked: preferences.isLocked('language'),
    choose: (wanted) => {
      const found = languages.find(([value]) => value === wanted)
      if (found) void preferences.change({ language: found[0] })
    },
  }))

  const appearance = computed(() => [
    language.value,
    choice(
      'theme',
      t('shell.theme'),
      themes,
      (theme) => t(`shell.themes.${theme}`),
      settings.value.theme,
      (theme) => preferences.change({ theme }),
    ),
    choice(
      'interfaceScale',
      t('settings.interfaceScale'),
      scales.map(String),
      (scale) => `${scale} %`,
      String(settings.value.interfaceScale),
      (wanted) => preferences.change({ interfaceScale: scales.find((scale) => String(scale) === wanted) }),
    ),
  ])

  const reading = computed<SettingRow[]>(() => [
    choice(
      'fit',
      t('settings.fit'),
      fits,
      (fit) => t(`settings.fits.${fit}`),
      settings.value.fit,
      (fit) => preferences.change({ fit }),
    ),
    {
      kind: 'ticks',
      name: 'panes',
      heading: t('settings.panes'),
      ticks: (['railOpen', 'articleOpen'] as const).map((name) => ({
        name,
        text: t(`settings.${name}`),
        on: settings.value[name],
        locked: preferences.isLocked(name),
        turn: () => void preferences.change({ [name]: !settings.value[name] }),
      })),
    },
  ])

  const article = computed<SettingRow[]>(() => [
    {
      kind: 'scale',
      name: 'scale',
      heading: t('settings.articleScale'),
      words: [t('settings.sample')],
      locked: preferences.isLocked('articleScale'),
    },
    ...(Object.keys(looks) as (keyof typeof looks)[]).map(look),
    {
      kind: 'ticks',
      name: 'ruler',
      heading: t('settings.aids'),
      ticks: [
        {
          name: 'ruler',
          text: t('article.look.ruler'),
          on: settings.value.articleLook.ruler,
          locked: preferences.isLocked('articleLook'),
          turn: () =>
            void preferences.change({
              articleLook: { ...settings.value.articleLook, ruler: !settings.value.articleLook.ruler },
            }),
        },
      ],
    },
  ])

  const citing = computed(() => [
    choice(
      'citation',
      t('annotations.citationForm'),
      citationForms,
      (form) => t(`annotations.forms.${form}`),
      settings.value.citationForm,
      (citationForm) => preferences.change({ citationForm }),
      'citationForm',
    ),
  ])

  const keeping = computed<SettingRow[]>(() => [
    {
      kind: 'keeping',
      name: 'keeping',
      heading: t('settings.keeping'),
      words: [t('settings.save'), t('settings.load'), t('settings.reset'), t('settings.keepingText')],
      locked: false,
    },
  ])

  return computed(() => [
    { name: 'appearance', text: t('settings.sections.appearance'), rows: appearance.value },
    { name: 'reading', text: t('settings.sections.reading'), rows: reading.value },
    { name: 'article', text: t('settings.sections.article'), rows: article.value },
    { name: 'citing', text: t('settings.sections.citing'), rows: citing.value },
    { name: 'keeping', text: t('settings.sections.keeping'), rows: keeping.value },
  ])
}

/** Everything a row says, for the search. */
export function wordsOf(row: SettingRow): string[] {
  if (row.kind === 'choice') return [row.heading, ...row.choices.map(({ text }) => text)]
  if (row.kind === 'ticks') return [row.heading, ...row.ticks.map(({ text }) => text)]
  return [row.heading, ...row.words]
}

/** Whether an administrator decided something that a row offers. */
export function isLockedRow(row: SettingRow): boolean {
  return row.kind === 'ticks' ? row.ticks.some(({ locked }) => locked) : row.locked
}
