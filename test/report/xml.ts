/** An element of an XML text: enough of a reader to prove that a report is well formed, and to ask for what stands in it. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<(?<close>\/)?(?<name>[a-z]+)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/)?>|(?<text>[^<>]+)/gu

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Throws where the text is not well-formed XML 1.0. */
export function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open: Element[] = [root]
  let end = 0
  for (const { 0: token, index, groups = {} } of xml.matchAll(TOKEN)) {
    if (index !== end) throw new Error(`not XML at ${end}: ${xml.slice(end, index)}`)
    end = index + token.length
    const parent = open.at(-1) ?? root
    if (groups.text !== undefined) parent.text += unescape(groups.text)
    else if (groups.close !== undefined) expectClosing(open.pop(), groups.name)
    else if (groups.name !== undefined) {
      const element = {
        name: groups.name,
        attributes: attributesOf(groups.attributes),
        children: [],
        text: '',
      }
      parent.children.push(element)
      if (groups.empty === undefined) open.push(element)
    }
  }
  if (end !== xml.length || open.length !== 1) throw new Error(`not XML from ${end} on`)
  const [top] = root.children
  if (!top || root.children.length > 1) throw new Error('not one root element')
  return top
}

function expectClosing(element: Element | undefined, name: string | undefined): void {
  if (element?.name !== name) throw new Error(`</${name}> closes <${element?.name}>`)
}

function attributesOf(text = ''): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([a-z]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, unescape(value)]),
  )
}

function unescape(text: string): string {
  const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.exec(text)
  if (forbidden) throw new Error(`a character that XML can't hold: ${JSON.stringify(forbidden[0])}`)
  return text.replaceAll(/&(?:#(\d+)|(\w+));|&/g, (all, code?: string, name?: string) => {
    const character = code === undefined ? NAMED[name ?? ''] : String.fromCodePoint(Number(code))
    if (character === undefined) throw new Error(`an ampersand that begins no reference: ${all}`)
    return character
  })
}
