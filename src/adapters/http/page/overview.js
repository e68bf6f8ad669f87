import { stateSign, TrendChart } from './chart.js'
import { contractPath, element, link, isolated, setText } from './dom.js'
import { count, seconds, share, STATE_NAMES } from './format.js'

const STATES = Object.keys(STATE_NAMES)

/** All contracts of the domain, the worst first. Rows are changed in place, so that nobody loses their place in the table. */
export class Overview {
  constructor(store) {
    this.store = store
    this.filter = undefined
    this.rows = new Map()
    this.body = element('tbody', { role: 'rowgroup' })
    this.heading = element('h1', { tabindex: -1 })
    this.filters = element('ul', { class: 'filters', 'aria-label': 'Show only contracts that are' })
    this.buttons = new Map(STATES.map((state) => [state, this.#button(state)]))
    this.filters.append(...[...this.buttons.values()].map(({ button }) => element('li', {}, button)))
    this.empty = element('p', { class: 'empty', hidden: true })
    this.node = element(
      'div',
      {},
      element('div', { class: 'lead' }, this.heading),
      this.filters,
      element('div', { class: 'panel' }, this.#table(), this.empty),
    )
  }

  update() {
    const { contracts, found } = this.store
    this.#updateLead()
    const shown = this.#shown()
    for (const contract of contracts.values()) {
      const row = this.rows.get(contract.id) ?? this.#addRow(contract)
      row.update(contract, found?.get(contract.id))
    }
    for (const [id, row] of this.rows) {
      if (contracts.has(id)) continue
      row.node.remove()
      this.rows.delete(id)
    }
    this.#order(shown.map(({ id }) => this.rows.get(id).node))
    this.empty.hidden = shown.length > 0
    setText(this.empty, this.#emptyText())
  }

  #emptyText() {
    if (this.store.found !== undefined)
      return 'Nothing is found. Each word must be in a name, an owner, a topic, a rule or a field.'
    return this.filter === undefined
      ? 'No contracts run here.'
      : `No contract is ${STATE_NAMES[this.filter].toLowerCase()}.`
  }

  #updateLead() {
    const all = [...this.store.contracts.values()]
    const counts = Object.fromEntries(
      STATES.map((state) => [state, all.filter((each) => each.state === state).length]),
    )
    setText(this.heading, leadText(all.length, counts))
    for (const [state, { button, number }] of this.buttons) {
      setText(number, String(counts[state]))
      button.setAttribute('aria-pressed', String(this.filter === state))
    }
  }

  #shown() {
    const { contracts, found } = this.store
    const all = [...contracts.values()].filter(
      ({ id, state }) =>
        (this.filter === undefined || state === this.filter) && (found === undefined || found.has(id)),
    )
    if (found === undefined) return all.sort((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1))
    return all.sort((a, b) => found.get(b.id).score - found.get(a.id).score || (a.id < b.id ? -1 : 1))
  }

  /** Moves only rows that stand elsewhere: what has the focus keeps it. */
  #order(nodes) {
    const present = [...this.body.children]
    if (present.length === nodes.length && present.every((node, index) => node === nodes[index])) return
    const focused = document.activeElement
    this.body.replaceChildren(...nodes)
    if (this.body.contains(focused)) focused.focus({ preventScroll: true })
  }

  #button(state) {
    const number = element('strong', {}, '0')
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, stateLabel(state), number)
    button.addEventListener('click', () => {
      this.filter = this.filter === state ? undefined : state
      this.update()
    })
    return { button, number }
  }

  #table() {
    const heads = [
      ['State'],
      ['Contract'],
      ['Owner'],
      ['Good', 'number'],
      ['Trend'],
      ['Failing rules', 'number'],
      ['Lag', 'number'],
      ['Last event', 'number'],
    ]
    const head = heads.map(([text, kind]) =>
      element('th', { scope: 'col', role: 'columnheader', class: kind }, text),
    )
    return element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        { class: 'cards', role: 'table' },
        element('caption', { class: 'unseen' }, 'Contracts, the worst first'),
        element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...head)),
        this.body,
      ),
    )
  }

  #addRow(contract) {
    const row = new ContractRow(contract)
    this.rows.set(contract.id, row)
    return row
  }
}

function rankOf({ state }) {
  return STATES.indexOf(state)
}

function leadText(all, { broken, at_risk: atRisk }) {
  const contracts = all === 1 ? '1 contract' : `${all} contracts`
  if (broken > 0) return `${broken} of ${contracts} ${broken === 1 ? 'is' : 'are'} broken`
  if (atRisk > 0) return `None of ${contracts} is broken, ${atRisk} ${atRisk === 1 ? 'is' : 'are'} at risk`
  return `None of ${contracts} is broken`
}

/** A state as sign and word. */
export function stateLabel(state, text = STATE_NAMES[state]) {
  return element('span', { class: `state ${state}` }, stateSign(state), text)
}

class ContractRow {
  constructor({ id, owner, producer }) {
    this.state = cell({ class: 'state-cell' })
    this.why = element('div', { class: 'under why', dir: 'auto' })
    const title = element('div', { class: 'name' }, link(contractPath(id), isolated(id)))
    this.goodRate = cell({ class: 'number good-rate', 'data-label': 'good' })
    this.chart = new TrendChart(180, 26)
    this.failing = cell({ class: 'number', 'data-label': 'failing rules' })
    this.lag = cell({ class: 'number', 'data-label': 'lag' })
    this.age = cell({ class: 'number', 'data-label': 'last event' })
    const by = [producer.team, producer.service].filter(Boolean).join(' / ')
    this.node = element(
      'tr',
      { role: 'row' },
      this.state,
      cell({ class: 'wide whole' }, title, this.why),
      cell(
        { class: 'whole' },
        isolated(owner),
        by === '' ? undefined : element('div', { class: 'under' }, 'from ', isolated(by)),
      ),
      this.goodRate,
      cell({ class: 'whole trend' }, this.chart.node),
      this.failing,
      this.lag,
      this.age,
    )
  }

  update(contract, found) {
    const isSame = this.shown?.contract === contract && this.shown.found === found
    if (isSame) return
    if (this.shown?.contract.state !== contract.state) {
      this.state.replaceChildren(stateLabel(contract.state))
      this.node.className = contract.state
    }
    this.shown = { contract, found }
    setText(this.why, found === undefined ? whyText(contract) : foundText(found, contract))
    setText(this.goodRate, share(contract.passRate))
    setText(
      this.failing,
      contract.failing === 0 ? '0' : `${count(contract.failing)} of ${count(contract.rules)}`,
    )
    this.failing.classList.toggle('bad', contract.failing > 0)
    setText(this.lag, contract.lagOffsets === 0 ? '0' : lagText(contract))
    setText(this.age, seconds(contract.eventAgeSeconds))
    this.chart.update(contract.trend)
  }
}

function cell(attributes, ...children) {
  return element('td', { role: 'cell', ...attributes }, ...children)
}

function whyText({ state, because, topic }) {
  return state === 'kept' ? topic : because
}

function foundText({ hits, more }, { topic }) {
  const told = hits.map(({ kind, text }) => `${kind} ${text}`).join(', ')
  if (told === '') return topic
  return more === 0 ? told : `${told}, and ${more} more`
}

function lagText({ lagOffsets, lagSeconds }) {
  if (lagOffsets === undefined) return seconds(undefined)
  return lagSeconds === undefined ? count(lagOffsets) : `${count(lagOffsets)} · ${seconds(lagSeconds)}`
}
