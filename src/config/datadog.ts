import type { Problem } from '../model/problem.ts'
import type { Environment } from './statsd.ts'

/** Where Datadog is, and who asks. */
export interface DatadogSettings {
  /** `https://api.datadoghq.com`, say. */
  readonly url: string
  readonly apiKey: string
  readonly appKey: string
}

const KEYS = ['DD_API_KEY', 'DD_APP_KEY'] as const
const DEFAULT_SITE = 'datadoghq.com'
/** Datadog's sites, with the numbered ones (us3, ap1) whichever come: keys must not be sent to an address that is mistyped. */
const SITE = /^(?:datadoghq\.eu|(?:[a-z]{2}\d{1,2}\.)?(?:datadoghq|ddog-gov)\.com)$/
const NEARLY_SITE = /^(?:https?:\/\/)?(?:app\.|api\.|www\.)?(?<site>[^/]+)\/*$/
/** Anything else is a paste that went wrong: the error of the HTTP client would quote it, and JSON would spell it in a way that is not hidden. */
const KEY = /^[\w.~+/=-]+$/

/** Keys and address of Datadog, or all that is wrong with them at once. The value of a key is in no message. */
export function datadogSettings(
  env: Environment,
  apiUrl: string | undefined,
): DatadogSettings | readonly Problem[] {
  const problems = [...KEYS.flatMap((name) => keyProblems(name, env[name])), ...addressProblems(env, apiUrl)]
  if (problems.length > 0) return problems
  const { DD_API_KEY: apiKey = '', DD_APP_KEY: appKey = '' } = env
  return {
    url: apiUrl?.replace(/\/+$/, '') ?? `https://api.${siteOf(env)}`,
    apiKey: apiKey.trim(),
    appKey: appKey.trim(),
  }
}

function keyProblems(name: string, text = ''): Problem[] {
  const key = text.trim()
  if (key === '') {
    const hint = 'Keys come from the environment alone, so that they stand in no process list.'
    return [{ code: 'CONFIG_MISSING', severity: 'error', message: `${name} is not set`, hint }]
  }
  if (KEY.test(key)) return []
  return [
    invalid(
      `${name} has spaces, quotes, line breaks or other characters in it that no key has`,
      'Copy the key anew, alone.',
    ),
  ]
}

function addressProblems(env: Environment, apiUrl: string | undefined): Problem[] {
  if (apiUrl !== undefined)
    return isAddress(apiUrl)
      ? []
      : [invalid('--api-url must be an http or https address, without a user', 'Correct the value.')]
  const site = siteOf(env)
  if (SITE.test(site)) return []
  const meant = NEARLY_SITE.exec(site.toLowerCase())?.groups?.site ?? ''
  const hint = SITE.test(meant)
    ? `Write ${meant}.`
    : 'Sites are datadoghq.com, us3.datadoghq.com, us5.datadoghq.com, ap1.datadoghq.com, ap2.datadoghq.com, datadoghq.eu and ddog-gov.com; give the address of any other with --api-url.'
  return [invalid(`DD_SITE must be a site such as datadoghq.eu, not \`${site}\``, hint)]
}

/** A user in the address would be printed with it. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

function siteOf({ DD_SITE: site = '' }: Environment): string {
  return site.trim() === '' ? DEFAULT_SITE : site.trim()
}

function invalid(message: string, hint: string): Problem {
  return { code: 'CONFIG_INVALID', severity: 'error', message, hint }
}
