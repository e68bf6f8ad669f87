import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import type { SchemaAnswer } from '../ports/schema-provider.ts'
import { count } from '../telemetry/samples.ts'
import { processZeros, zerosToSend } from '../telemetry/zeros.ts'

const NO_REQUESTS: Readonly<Record<SchemaAnswer['kind'], number>> = { schema: 0, unknown: 0, unavailable: 0 }

/** Counts that belong to the whole process. */
export class DomainTotals {
  rebalances = 0
  commitFailures = 0
  sendFailures = 0
  reloads = { ok: 0, error: 0 }
  #registryRequests = NO_REQUESTS
  readonly #domain: string
  /** Every series that these counts may come to, at 0. */
  readonly zeros: readonly Sample[]
  #hasSentZeros = false

  constructor(domain: string) {
    this.#domain = normaliseTagValue(domain)
    this.zeros = processZeros(domain)
  }

  countRegistryRequest(result: SchemaAnswer['kind']): void {
    this.#registryRequests = { ...this.#registryRequests, [result]: this.#registryRequests[result] + 1 }
  }

  /** What grew since the last time, and back to zero; the first time with zeros. */
  drain(): Sample[] {
    const tags = { domain: this.#domain }
    const zeros = this.#hasSentZeros ? [] : zerosToSend(this.zeros)
    this.#hasSentZeros = true
    const samples = [
      count('dq.rebalances', tags, this.rebalances),
      count('dq.commit.failures', tags, this.commitFailures),
      count('dq.metrics.send_failures', tags, this.sendFailures),
      count('dq.rules.reload', { ...tags, result: 'ok' }, this.reloads.ok),
      count('dq.rules.reload', { ...tags, result: 'error' }, this.reloads.error),
      ...Object.entries(this.#registryRequests).map(([result, value]) =>
        count('dq.registry.requests', { ...tags, result }, value),
      ),
    ].filter((sample) => sample.type === 'count' && sample.value > 0)
    this.rebalances = 0
    this.commitFailures = 0
    this.sendFailures = 0
    this.reloads = { ok: 0, error: 0 }
    this.#registryRequests = NO_REQUESTS
    return [...zeros, ...samples]
  }
}
