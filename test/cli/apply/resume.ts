import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/clock.ts'
import { DatadogHttpApi } from '../../../src/adapters/datadog/api.ts'
import { type ApplyFlags, planAndApply } from '../../../src/cli/plan-and-apply.ts'
import { Fault } from '../../../src/errors/fault.ts'
import { type Wanted, wantedOf } from '../../../src/generate/datadog/apply/wanted.ts'
import { type Artefact, kindOfPath } from '../../../src/generate/datadog/artefact.ts'
import { ApiServer, type Trouble } from '../../generate/datadog/api-server.ts'
import { contractsBelow, datadogFiles } from '../../generate/support.ts'
import { STOCK } from './support.ts'

/** One or two of each kind: an SLO, a monitor that needs it, one that doesn't. */
const WANTED = someOf(datadogFiles(contractsBelow(STOCK)))

/** Nothing is waited for. */
const CLOCK = { ...systemClock, sleep: () => Promise.resolve() }

let server: ApiServer

function someOf(files: ReadonlyMap<string, string>): Wanted[] {
  const artefacts = [...files].flatMap(([path, text]): Artefact[] => {
    const kind = kindOfPath(path)
    return kind === undefined ? [] : [{ kind, path, json: JSON.parse(text) as Artefact['json'] }]
  })
  const some = wantedOf(artefacts).filter(({ kind, identity }) =>
    kind === 'monitor'
      ? /validity_budget|checker_dead/.test(identity)
      : kind === 'metadata' || kind === 'tags'
        ? identity === 'dq.heartbeat'
        : !identity.startsWith('domain/'),
  )
  // The models take their time for each widget.
  return some.map((wanted) => {
    const { widgets } = wanted.body as { readonly widgets?: readonly unknown[] }
    return widgets === undefined
      ? wanted
      : { ...wanted, body: { ...wanted.body, widgets: widgets.slice(0, 1) } }
  })
}

/** Runs the command's inner part, and returns its exit code: 4 also if it could not even ask. */
async function run(url: string, flags: Partial<ApplyFlags> = { yes: true }): Promise<number> {
  const { signal } = new AbortController()
  const streams = { out: { write: () => true }, err: { write: () => true } }
  const options = { clock: CLOCK, say: () => {}, signal }
  const api = new DatadogHttpApi({ url, apiKey: 'key-a', appKey: 'key-b' }, options)
  try {
    return await planAndApply(api, WANTED, { output: 'text', ...flags }, streams, signal)
  } catch (error) {
    if (error instanceof Fault) return 4
    throw error
  }
}

/** Runs against a server with troubles, then without any, and expects that nothing is left to do, orphaned or there twice. */
async function runTwice(trouble: Trouble, name: string): Promise<number> {
  server = new ApiServer()
  const url = await server.start()
  server.trouble = trouble
  await run(url)
  const { length } = server.requests
  server.trouble = () => undefined
  const exitCodes = { second: await run(url), check: await run(url, { check: true }) }
  expect({ name, ...exitCodes }).toEqual({ name, second: 0, check: 0 })
  await server.stop()
  return length
}

/** How many requests there are where nothing goes wrong. */
const wholeRun = () => runTwice(() => undefined, 'no trouble')

/** A run that is cut short at any request is mended by the next. */
export function resumeTests(): void {
  afterEach(() => server.stop())

  test.each(['hang up', 'lose the answer'] as const)(
    '%s, at each request in turn: run again, all is there, and nothing twice',
    async (trouble) => {
      const last = await wholeRun()
      expect(last).toBeGreaterThan(WANTED.length)
      for (let number = 1; number <= last; number++)
        await runTwice((request) => (request === number ? trouble : undefined), `request ${number}`)
    },
  )

  test('killed after each request in turn: run again, all is there, and nothing twice', async () => {
    const last = await wholeRun()
    for (let number = 1; number <= last; number++)
      await runTwice((request) => (request > number ? 'hang up' : undefined), `request ${number}`)
  })
}
