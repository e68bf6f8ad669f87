import type { ContractReport, ContractSummary, FieldReport, StatusReport } from '../model/status-report.ts'
import { catalogueOf } from './catalogue.ts'

/** Where reports come from. */
export interface ReportSource {
  report(): StatusReport
  /** The fields that a contract names. */
  fields(contract: string): readonly FieldReport[]
  /** Calls `listener` after each flush until the returned function is called. */
  onFlush(listener: () => void): () => void
}

/** Of a contract what changes from flush to flush, with the newest bucket of its trend. */
export interface ContractNews extends Pick<
  ContractSummary,
  | 'id'
  | 'state'
  | 'because'
  | 'sinceMs'
  | 'isHere'
  | 'events'
  | 'passRate'
  | 'lagOffsets'
  | 'lagSeconds'
  | 'eventAgeSeconds'
  | 'failing'
> {
  readonly good: number
  readonly bad: number
}

/** Violations of all contracts that are told together. */
const MAX_VIOLATIONS = 100

/**
 * What is read of the status, as JSON texts: made at most once for each flush, however many ask, and only if somebody does.
 */
export class StatusBoard {
  readonly #source: ReportSource
  readonly #listeners = new Set<(news: string) => void>()
  #report: StatusReport | undefined
  #texts = new Map<string, string>()

  constructor(source: ReportSource) {
    this.#source = source
    source.onFlush(() => this.#afterFlush())
  }

  /** All contracts at a glance. */
  status(): string {
    return this.#text('status', (report) => ({ ...report, contracts: report.contracts.map(summaryOf) }))
  }

  /** What can be searched: names, owners, topics, rules and fields. */
  catalogue(): string {
    return this.#text('catalogue', ({ domain, contracts }) => ({
      domain,
      contracts: contracts.map((contract) => catalogueOf(contract, this.#source.fields(contract.id))),
    }))
  }

  /** One contract with all that there is to tell of it; undefined if there is none of this id. */
  contract(id: string): string | undefined {
    const contract = this.#current().contracts.find((each) => each.id === id)
    return (
      contract &&
      this.#text(`contract ${id}`, ({ atMs, flush }) => ({
        atMs,
        flush,
        ...contract,
        fields: this.#source.fields(id),
      }))
    )
  }

  /** The newest violations of all contracts. */
  violations(): string {
    return this.#text('violations', ({ atMs, flush, contracts }) => ({
      atMs,
      flush,
      violations: contracts
        .flatMap(({ violations }) => violations)
        .toSorted((a, b) => b.judgedAtMs - a.judgedAtMs)
        .slice(0, MAX_VIOLATIONS),
    }))
  }

  /** What was new with the last flush, as JSON on one line. */
  news(): string {
    return this.#text('news', ({ contracts, ...report }) => ({ ...report, contracts: contracts.map(newsOf) }))
  }

  /** Tells `listener` after each flush what is new, as JSON on one line, until the returned function is called. */
  subscribe(listener: (news: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #afterFlush(): void {
    this.#report = undefined
    this.#texts = new Map()
    if (this.#listeners.size === 0) return
    const news = this.news()
    for (const listener of this.#listeners) listener(news)
  }

  #current(): StatusReport {
    this.#report ??= this.#source.report()
    return this.#report
  }

  #text(name: string, make: (report: StatusReport) => object): string {
    const text = this.#texts.get(name) ?? JSON.stringify(make(this.#current()))
    this.#texts.set(name, text)
    return text
  }
}

/** Without what only the contract's own page shows. */
function summaryOf(contract: ContractReport): ContractSummary {
  const { id, version, topic, owner, producer, consumers, state, because, sinceMs, isHere } = contract
  const { events, passRate, trend, lagOffsets, lagSeconds, eventAgeSeconds, rules, failing } = contract
  const names = { id, version, topic, owner, producer, consumers }
  const lag = { lagOffsets, lagSeconds, eventAgeSeconds }
  return { ...names, state, because, sinceMs, isHere, events, passRate, trend, ...lag, rules, failing }
}

function newsOf(contract: ContractReport): ContractNews {
  const { id, state, because, sinceMs, isHere, events, passRate, failing, trend } = contract
  const { lagOffsets, lagSeconds, eventAgeSeconds } = contract
  const [good, bad] = [trend.good.at(-1) ?? 0, trend.bad.at(-1) ?? 0]
  const counted = { events, passRate, failing, good, bad }
  return { id, state, because, sinceMs, isHere, ...counted, lagOffsets, lagSeconds, eventAgeSeconds }
}
