import {
  CONTRACT_ID,
  DOMAIN,
  MAX_ID_LENGTH,
  MAX_TOPIC_LENGTH,
  ONE_LINE_NAME,
  TOPIC,
} from '../contract/shape-patterns.ts'
import type { Pattern } from '../contract/shape.ts'
import type { Problem } from '../model/problem.ts'

/** What a person said of the contract to be made, as flags. */
export interface InitFlags {
  readonly topic: string
  readonly domain: string | undefined
  readonly owner: string | undefined
  readonly name: string | undefined
  readonly from: string | undefined
}

export interface InitNames {
  readonly topic: string
  readonly domain: string
  readonly owner: string
  readonly name: string
}

const UNKNOWN_OWNER = 'my-team'

/** Names for what was not said, from the topic: `ads.ad-published.v1` is `ad-published` of the domain `ads`. All problems at once. */
export function resolveNames({ topic, ...flags }: InitFlags): InitNames | readonly Problem[] {
  const [first = '', ...rest] = topic.split(/[._-]/)
  const domain = flags.domain ?? first.toLowerCase()
  const owner = flags.owner ?? UNKNOWN_OWNER
  const name = flags.name ?? nameFrom(topic, rest.length > 0 && flags.domain === undefined ? first : domain)
  const badTopic = check('--topic', topic, TOPIC, MAX_TOPIC_LENGTH)
  const isGuess = { domain: flags.domain === undefined, name: flags.name === undefined }
  const problems = [
    badTopic,
    // What is taken from a bad topic is bad for the same reason.
    isGuess.domain && badTopic ? undefined : check('--domain', domain, DOMAIN, MAX_ID_LENGTH, isGuess.domain),
    check('--owner', owner, ONE_LINE_NAME, MAX_ID_LENGTH),
    isGuess.name && badTopic
      ? undefined
      : check('--name', name, CONTRACT_ID, MAX_ID_LENGTH - domain.length - 1, isGuess.name),
  ].filter((problem) => problem !== undefined)
  return problems.length > 0 ? problems : { topic, domain, owner, name }
}

/** The topic without its domain in front and its version at the end. */
function nameFrom(topic: string, domain: string): string {
  const short = topic.replace(/[._-]v\d+$/i, '')
  const isPrefixed =
    short.toLowerCase().startsWith(domain.toLowerCase()) && /^[._-]./.test(short.slice(domain.length))
  return isPrefixed ? short.slice(domain.length + 1) : short
}

function check(
  flag: string,
  value: string,
  { regex, says }: Pattern,
  maxLength: number,
  isGuess = false,
): Problem | undefined {
  const isGood = new RegExp(regex, 'u').test(value)
  if (isGood && value.length <= maxLength) return undefined
  return {
    code: 'CONFIG_INVALID',
    severity: 'error',
    message: `${flag}: "${value}"${isGuess ? ' (taken from the topic)' : ''} must be ${isGood ? `at most ${maxLength} characters long` : says}`,
    hint: `Give another value with ${flag}.`,
  }
}
