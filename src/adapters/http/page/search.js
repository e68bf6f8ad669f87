const HITS = 4

/** Looks through what contracts can be found by. `entries` are those of `/api/v1/catalogue`. */
export function createSearch(entries) {
  const prepared = entries.map(prepare)
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return []
    return prepared
      .map((entry) => find(entry, words))
      .filter((found) => found !== undefined)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  }
}

/** Texts with their kinds: the closer to the contract's name, the more a match counts. */
function prepare(entry) {
  const texts = [
    ['contract', entry.id, 8],
    ['topic', entry.topic, 6],
    ['owner', entry.owner, 5],
    ['producer', entry.producer, 4],
    ...entry.consumers.map((text) => ['consumer', text, 4]),
    ...entry.fields.map((text) => ['field', text, 3]),
    ...entry.rules.map(({ id, description }) => ['rule', id, 3, description]),
    ['description', entry.description, 1],
  ]
  return {
    id: entry.id,
    texts: texts.map(([kind, text, weight, more = '']) => ({
      kind,
      text,
      weight,
      low: `${text} ${more}`.toLowerCase(),
    })),
  }
}

/** Every word must be somewhere. */
function find({ id, texts }, words) {
  const hits = new Map()
  let score = 0
  for (const word of words) {
    const matching = texts.filter(({ low }) => low.includes(word))
    if (matching.length === 0) return undefined
    score += Math.max(...matching.map(({ weight, low }) => weight + (low.startsWith(word) ? 2 : 0)))
    for (const { kind, text } of matching) hits.set(`${kind} ${text}`, { kind, text })
  }
  const told = [...hits.values()].filter(({ kind }) => kind !== 'contract' && kind !== 'description')
  return { id, score, hits: told.slice(0, HITS), more: Math.max(0, told.length - HITS) }
}
