import { json, jsonText } from './answer.ts'
import type { Answer } from './answer.ts'
import { readPageFiles } from './page-files.ts'
import type { NewsSource } from './event-stream.ts'

/** What the probes ask. */
export interface Probes {
  health(): { readonly live: boolean; readonly ready: boolean; readonly reason: string }
  metrics(): Promise<{ readonly body: string; readonly contentType: string }>
  /** Which rules judge, and whether they are those of the files: what `/healthz` and `/readyz` tell beside. Never a reason for 503. */
  rules?(): Readonly<Record<string, unknown>>
  /** What `/readyz` tells beside. */
  status?(): Readonly<Record<string, unknown>>
}

/** What the page and programs read, as JSON texts. */
export interface StatusTexts extends NewsSource {
  status(): string
  catalogue(): string
  /** Undefined if there is no contract of this id. */
  contract(id: string): string | undefined
  violations(): string
  readonly openApi: string
}

/** Makes an answer for what stands behind the path of the route; undefined if nothing is there. */
export type Route = (rest: string) => Answer | Promise<Answer> | undefined

/** A path that names one thing, or the beginning of those of many. */
export interface Routes {
  readonly exact: ReadonlyMap<string, Route>
  readonly below: ReadonlyMap<string, Route>
}

/** Where the page listens for news. */
export const STREAM_PATH = '/api/v1/stream'

export function probeRoutes(probes: Probes): [string, Route][] {
  return [
    ['/healthz', () => liveness(probes)],
    ['/readyz', () => readiness(probes)],
    ['/metrics', async () => ({ status: 200, ...(await probes.metrics()) })],
  ]
}

function rulesOf({ rules }: Probes): Readonly<Record<string, unknown>> {
  return rules === undefined ? {} : { rules: rules() }
}

function liveness(probes: Probes): Answer {
  const { live, reason } = probes.health()
  return healthAnswer(live, reason, rulesOf(probes))
}

function readiness(probes: Probes): Answer {
  const { ready, reason } = probes.health()
  return healthAnswer(ready, reason, { ...rulesOf(probes), ...probes.status?.() })
}

/** The page and what it reads. All of the page's own paths are answered by the same document, which looks at its address. */
export function pageRoutes(texts: StatusTexts): Routes {
  const files = readPageFiles()
  const document: Route = () => files.get('index.html')
  return {
    exact: new Map<string, Route>([
      ['/', document],
      ['/instance', document],
      ['/api/v1/status', () => jsonText(200, texts.status())],
      ['/api/v1/catalogue', () => jsonText(200, texts.catalogue())],
      ['/api/v1/violations', () => jsonText(200, texts.violations())],
      ['/api/v1/openapi.json', () => jsonText(200, texts.openApi)],
    ]),
    below: new Map<string, Route>([
      ['/assets/', (name) => (name === 'index.html' ? undefined : files.get(name))],
      ['/contracts/', (id) => (isNamed(id) ? document('') : undefined)],
      ['/api/v1/contracts/', (id) => contractAnswer(texts, id)],
    ]),
  }
}

/** Ids hold no slash, encoded or not. */
function isNamed(id: string): boolean {
  return id !== '' && !id.includes('/')
}

function contractAnswer(texts: StatusTexts, id: string): Answer | undefined {
  if (!isNamed(id)) return undefined
  const text = texts.contract(id)
  return text === undefined
    ? json(404, { status: 'not found', reason: 'no contract that runs here has this id' })
    : jsonText(200, text)
}

function healthAnswer(isGood: boolean, reason: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  return json(isGood ? 200 : 503, { status: isGood ? 'ok' : 'unavailable', reason, ...more })
}
