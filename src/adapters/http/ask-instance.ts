import type { InstanceAnswer, StatusAnswer } from '../../model/instance-answer.ts'
import { CONTRACT_STATES } from '../../model/status-report.ts'

const TIMEOUT_MS = 5000

/** Asks an instance how its contracts stand. Never rejects. */
export async function askInstance(url: string): Promise<InstanceAnswer> {
  try {
    const address = new URL('/api/v1/status', url)
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    if (!response.ok) return { url, failure: `it answered with ${response.status}` }
    const answer: unknown = await response.json()
    return isStatus(answer) ? { url, answer } : { url, failure: 'what it answered is no status of Assay' }
  } catch (error) {
    return { url, failure: failureText(error) }
  }
}

/** As far as the answer is read, for it comes from a stranger, or from another version. */
function isStatus(answer: unknown): answer is StatusAnswer {
  if (!isObject(answer) || typeof answer.domain !== 'string' || !Array.isArray(answer.contracts)) return false
  const { instance, ruleSet, contracts } = answer
  const isKnown = isObject(instance) && typeof instance.id === 'string'
  return isKnown && isObject(ruleSet) && typeof ruleSet.hash === 'string' && contracts.every(isContract)
}

function isContract(contract: unknown): boolean {
  if (!isObject(contract) || !isObject(contract.trend) || !isObject(contract.events)) return false
  const texts = [contract.id, contract.topic, contract.owner, contract.because]
  const { good, bad } = contract.trend
  return (
    texts.every((text) => typeof text === 'string') &&
    CONTRACT_STATES.some((state) => state === contract.state) &&
    [good, bad].every((list) => Array.isArray(list) && list.every(Number.isFinite)) &&
    ['pass', 'warn', 'fail', 'undecodable'].every((name) =>
      Number.isFinite(Reflect.get(contract.events as object, name)),
    )
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The cause says more than "fetch failed". */
function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `it did not answer within ${TIMEOUT_MS / 1000} s`
  if (error instanceof SyntaxError) return 'what it answered is not JSON'
  return error.cause instanceof Error ? error.cause.message || 'it can not be reached' : error.message
}
