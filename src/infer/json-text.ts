const MAX_LINE = 100

/** JSON laid out to be read and reviewed: what fits stands on one line. */
export function jsonText(value: unknown, indent = ''): string {
  const line = oneLine(value)
  if (typeof value !== 'object' || value === null || fits(value, indent, line)) return line
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item) => jsonText(item, inner))
    : Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${jsonText(child, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`
}

/** Objects in objects are opened, for each is a thing of its own. */
function fits(value: object, indent: string, line: string): boolean {
  const isFlat = Object.values(value).every((child) => typeof child !== 'object' || Array.isArray(child))
  return isFlat && indent.length + line.length <= MAX_LINE
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${oneLine(child)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
