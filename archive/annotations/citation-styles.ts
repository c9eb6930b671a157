/**
 * Our own CSL 1.0.2 styles for articles of newspapers, after the text of the standards; nothing is taken from the CSL
 * repository. Terms and dates are those of the small locales at the end.
 */

const style = (id: string, title: string, locale: string, macros: string, layout: string): string =>
  `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="${locale}" demote-non-dropping-particle="never">
<info><title>${title}</title><id>urn:banmian:csl:${id}</id><updated>2026-01-01T00:00:00+00:00</updated></info>${macros}
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix=".">${layout}</layout></bibliography></style>`

/** GB/T 7714—2015, 4.4 and 8.8.1: 主要责任者. 题名[N]. 报纸题名, 年-月-日(版次). Of more than three names three, then 等. */
const gbt7714 = style(
  'gbt7714',
  'GB/T 7714—2015',
  'zh-CN',
  `<macro name="issued"><date variable="issued"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date></macro>
<macro name="when"><text macro="issued"/><text variable="note" prefix="(" suffix=")"/></macro>`,
  `<names variable="author" suffix=". "><name delimiter=", " delimiter-precedes-last="always" et-al-min="4" et-al-use-first="3" name-as-sort-order="all" sort-separator=" " initialize-with=" "><name-part name="family" text-case="uppercase"/></name><et-al term="et-al"/></names>
<choose><if variable="title"><group delimiter=". "><text variable="title" suffix="[N]"/><group delimiter=", "><text variable="container-title"/><text macro="when"/></group></group></if>
<else><group delimiter=". "><text variable="container-title" suffix="[N]"/><text macro="when"/></group></else></choose>`,
)

const edition = `<group delimiter=" "><number variable="edition" form="ordinal"/><choose><if variable="edition"><text value="ed."/></if></choose></group>`

/**
 * The Chicago Manual of Style, 17th edition, 14.191–14.199: bibliography form; edition and page where they help. Of an
 * unsigned article the title of the newspaper stands in place of the author (14.199). English titles in headline style (14.191).
 */
const chicagoDate = `<date variable="issued" delimiter=" "><date-part name="month"/><date-part name="day" suffix=","/><date-part name="year"/></date>`
const chicago = style(
  'chicago',
  'Chicago 17',
  'en-US',
  '',
  `<group delimiter=". "><names variable="author"><name and="text" delimiter=", " name-as-sort-order="first" sort-separator=", " delimiter-precedes-last="always"/><substitute><text variable="container-title" font-style="italic"/></substitute></names>
<text variable="title" quotes="true" text-case="title"/>
<group delimiter=", "><text variable="container-title" font-style="italic"/>${chicagoDate}${edition}<text variable="section"/><text variable="note"/></group></group>`,
)

/**
 * MLA Handbook, 9th edition, 5.31–5.92: the core elements in their order, so that the edition (version) comes before
 * the date (day Month year), and after it the place: supplement, p. or pp.
 */
const mla = style(
  'mla',
  'MLA 9',
  'en-US',
  '',
  `<group delimiter=". "><names variable="author"><name and="text" delimiter=", " name-as-sort-order="first" sort-separator=", " delimiter-precedes-last="always" delimiter-precedes-et-al="after-inverted-name" et-al-min="3" et-al-use-first="1"/><et-al term="et-al"/></names>
<text variable="title" quotes="true" text-case="title"/>
<group delimiter=", "><text variable="container-title" font-style="italic"/>${edition}<date variable="issued" delimiter=" "><date-part name="day"/><date-part name="month" form="short"/><date-part name="year"/></date>
<text variable="section"/><text variable="note"/></group></group>`,
)

/** Publication Manual of the APA, 7th edition, 10.1 example 16: Newspaper Title, pages. Without author the title leads. */
const apaDate = `<date variable="issued" prefix="(" suffix=")"><date-part name="year"/><date-part name="month" prefix=", "/><date-part name="day" prefix=" "/></date>`
const apa = style(
  'apa',
  'APA 7',
  'en-US',
  `<macro name="author"><names variable="author"><name and="symbol" delimiter=", " initialize-with=". " name-as-sort-order="all" sort-separator=", " delimiter-precedes-last="always" et-al-min="21" et-al-use-first="19" et-al-use-last="true"/></names></macro>`,
  `<group delimiter=" "><choose><if variable="author"><group delimiter=". "><text macro="author" suffix=""/>${apaDate}<text variable="title"/></group></if>
<else-if variable="title"><group delimiter=". "><text variable="title"/>${apaDate}</group></else-if>
<else><group delimiter=". "><text variable="container-title" font-style="italic"/>${apaDate}</group></else></choose></group>
<group delimiter=", " prefix=". "><group delimiter=" "><choose><if variable="title author" match="any"><text variable="container-title" font-style="italic"/></if></choose><group prefix="(" suffix=")">${edition}</group></group><text variable="section"/><text variable="note"/></group>`,
)

export const citationStyles = { gbt7714, chicago, mla, apa }

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
/** MLA Handbook, appendix 1: May, June and July are not shortened. */
const shortMonths = ['Jan.', 'Feb.', 'Mar.', 'Apr.', 'May', 'June', 'July', 'Aug.', 'Sept.', 'Oct.', 'Nov.', 'Dec.']

const term = (name: string, value: string, form = ''): string =>
  `<term name="${name}"${form && ` form="${form}"`}>${value}</term>`

const english = [
  ...months.map((month, index) => term(`month-${String(index + 1).padStart(2, '0')}`, month)),
  ...shortMonths.map((month, index) => term(`month-${String(index + 1).padStart(2, '0')}`, month, 'short')),
  term('and', 'and'),
  term('and', '&amp;', 'symbol'),
  term('et-al', 'et al.'),
  term('open-quote', '“'),
  term('close-quote', '”'),
  term('open-inner-quote', '‘'),
  term('close-inner-quote', '’'),
  term('page-range-delimiter', '–'),
  term('ordinal', 'th'),
  term('ordinal-01', 'st'),
  term('ordinal-02', 'nd'),
  term('ordinal-03', 'rd'),
  term('ordinal-11', 'th'),
  term('ordinal-12', 'th'),
  term('ordinal-13', 'th'),
]
const chinese = [
  term('et-al', '等'),
  term('and', '和'),
  term('open-quote', '“'),
  term('close-quote', '”'),
  term('page-range-delimiter', '-'),
]

const locale = (language: string, terms: string[], options: string): string =>
  `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="${language}"><style-options ${options}/><terms>${terms.join('')}</terms></locale>`

/** By language tag. */
export const citationLocales: Record<string, string> = {
  'en-US': locale('en-US', english, 'punctuation-in-quote="true"'),
  'zh-CN': locale('zh-CN', chinese, 'punctuation-in-quote="false"'),
}
