import { createSearch } from './search.js'

const BUCKETS = 60
/** What news leave out is not known any more. */
const NOTHING_KNOWN = {
  sinceMs: undefined,
  passRate: undefined,
  lagOffsets: undefined,
  lagSeconds: undefined,
  eventAgeSeconds: undefined,
}

/** What the page knows. Contracts are replaced, never changed: a row sees at a glance whether it must do anything. */
export class Store {
  contracts = new Map()
  /** By id, what was found; undefined while nothing is looked for. */
  found = undefined
  #query = ''

  setAll({ contracts, ...report }) {
    Object.assign(this, report)
    this.changes = this.#changesTo(contracts)
    this.contracts = new Map(contracts.map((contract) => [contract.id, contract]))
    this.search(this.#query)
  }

  apply({ contracts, ...report }) {
    Object.assign(this, report)
    this.changes = this.#changesTo(contracts)
    for (const { good, bad, ...news } of contracts) {
      const known = this.contracts.get(news.id)
      if (known === undefined) continue
      const trend = { good: pushed(known.trend.good, good), bad: pushed(known.trend.bad, bad) }
      this.contracts.set(news.id, { ...known, ...NOTHING_KNOWN, ...news, trend })
    }
  }

  /** What states changed to, of contracts that were known before. */
  #changesTo(contracts) {
    return contracts.filter(
      ({ id, state }) => this.contracts.has(id) && this.contracts.get(id).state !== state,
    )
  }

  /** Names at once; rules and fields as soon as the catalogue is here. */
  search(query) {
    this.#query = query
    const find = (this.catalogue ??= createSearch([...this.contracts.values()].map(nameOnly)))
    this.found = query.trim() === '' ? undefined : new Map(find(query).map((found) => [found.id, found]))
  }

  async loadCatalogue() {
    if (this.catalogueHash === this.ruleSet.hash) return
    this.catalogueHash = this.ruleSet.hash
    const answer = await fetch('/api/v1/catalogue')
    if (!answer.ok) return
    this.catalogue = createSearch((await answer.json()).contracts)
    this.search(this.#query)
  }
}

function nameOnly({ id, topic, owner, producer, consumers }) {
  const by = [producer.team, producer.service].filter(Boolean).join(' ')
  return { id, topic, owner, producer: by, consumers, description: '', rules: [], fields: [] }
}

function pushed(values, value) {
  return [...values, value].slice(-BUCKETS)
}
