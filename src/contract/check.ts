import type { ErrorCode } from '../errors/register.ts'
import { DEFAULT_ENCODING } from '../model/contract.ts'
import type { Contract, Encoding } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { placeName, quote } from './describe-node.ts'

/** Finds what contracts contradict one another in. Of two that do, the later one is named as the mistake, with the place of the earlier. */
export function checkContracts(contracts: readonly Contract[]): Problem[] {
  return [
    ...laterOnes(contracts, ({ id }) => normaliseTagValue(id), idClash),
    ...ENCODING_KEYS.flatMap((key) => laterOnes(contracts, ({ topic }) => topic, encodingConflict(key))),
    ...laterOnes(contracts, ({ topic }) => normaliseTagValue(topic), topicClash),
  ]
}

const ENCODING_KEYS = ['format', 'keyFormat', 'numbers'] as const

type Compare = (earlier: Contract, later: Contract) => Problem | undefined

/** Compares each contract with the first one of the same key. */
function laterOnes(
  contracts: readonly Contract[],
  keyOf: (contract: Contract) => string,
  compare: Compare,
): Problem[] {
  const groups = Map.groupBy(contracts, keyOf)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? others.flatMap((other) => compare(first, other) ?? []) : [],
  )
}

function idClash(earlier: Contract, later: Contract): Problem {
  const there = placeName(earlier.at.id)
  const isSame = earlier.id === later.id
  const code: ErrorCode = isSame ? 'CONTRACT_DUPLICATE_ID' : 'TAG_COLLISION'
  const message = isSame
    ? `the contract id ${quote(later.id)} is already used at ${there}`
    : `as a metric tag the contract id ${quote(later.id)} is the same as ${quote(earlier.id)} at ${there}`
  const hint = 'Give each contract its own id: metrics, dashboards and monitors know it by that.'
  return { code, severity: 'error', message, hint, at: later.at.id }
}

/** A record is decoded once for all contracts, so what says how must be the same in all of them. */
function encodingConflict(key: keyof Encoding): Compare {
  return (earlier, later) => {
    if (earlier[key] === later[key]) return undefined
    return {
      code: 'CONTRACT_FORMAT_CONFLICT',
      severity: 'error',
      message: `the ${key} of topic ${quote(later.topic)} is \`${later[key]}\` here, but \`${earlier[key]}\` at ${placeName(earlier.at[key])}`,
      hint: `A record is decoded once for all contracts: write the same \`${key}\` in all of them (none written means \`${DEFAULT_ENCODING[key]}\`).`,
      at: later.at[key],
    }
  }
}

/** Only a warning, for Kafka keeps such topics apart and their names are not the author's choice. */
function topicClash(earlier: Contract, later: Contract): Problem | undefined {
  if (earlier.topic === later.topic) return undefined
  return {
    code: 'TAG_COLLISION',
    severity: 'warning',
    message: `as a metric tag the topic ${quote(later.topic)} is the same as ${quote(earlier.topic)} at ${placeName(earlier.at.topic)}`,
    hint: 'The lag of the two topics will be mixed up in metrics. Watch only one of them in this domain.',
    at: later.at.topic,
  }
}
