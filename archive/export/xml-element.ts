/** Attribute values; undefined ones are left out. */
type Attributes = Record<string, string | number | undefined>

/** Characters XML 1.0 cannot hold, 2.2. */
const forbidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Text as it stands in XML. */
export function xmlText(text: string): string {
  return text.replace(forbidden, '\uFFFD').replace(/[&<>"\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** An element with what is in it, as XML. */
export function element(name: string, attributes: Attributes, content: string | string[] = ''): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
    .join('')
  const inside = Array.isArray(content) ? content.join('\n') : content
  return inside === '' ? `<${name}${shown}/>` : `<${name}${shown}>${inside}</${name}>`
}
