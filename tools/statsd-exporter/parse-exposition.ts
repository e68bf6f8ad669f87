/** One line of the Prometheus text format. */
export interface PromSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+([^ \t]+)(?:[ \t]+(-?\d+))?[ \t]*$/
const LABEL = /^[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\["\\n])*)"[ \t]*(?:,|$)/
const SPECIAL_VALUES: Readonly<Record<string, number>> = {
  NaN: NaN,
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
}

/** Reads the Prometheus text format 0.0.4. Throws, with the line, on a sample that the format doesn't allow. */
export function parseExposition(text: string): PromSample[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map(parseSample)
}

function parseSample(line: string): PromSample {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === undefined) throw new Error(`not a Prometheus sample: ${line}`)
  return { name, labels: parseLabels(labels, line), value: parseValue(value, line) }
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  let rest = text
  while (rest.trim() !== '') {
    const [whole, name, value] = LABEL.exec(rest) ?? []
    if (whole === undefined || name === undefined || value === undefined)
      throw new Error(`bad labels: ${line}`)
    if (name in labels) throw new Error(`the label ${name} stands twice: ${line}`)
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
    rest = rest.slice(whole.length)
  }
  return labels
}

function parseValue(text: string, line: string): number {
  const value = SPECIAL_VALUES[text] ?? (text === '' ? NaN : Number(text))
  if (Number.isNaN(value) && text !== 'NaN') throw new Error(`not a number: ${line}`)
  return value
}

/** The samples of a metric whose labels contain all of `labels`. */
export function matching(
  samples: readonly PromSample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): PromSample[] {
  const wanted = Object.entries(labels)
  return samples.filter(
    (sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value),
  )
}
