import { expect, onTestFinished, test } from 'vitest'
import { CHROMIUM, launch, watchPage } from '../page/browser.ts'
import {
  assay,
  clients,
  contract,
  createTopic,
  folderWith,
  isAssigned,
  receiver,
  uniqueName,
} from './support.ts'

const SECRET = 'alice.secret@example.org'

const RULES = `  - id: cheap
    assert: price < 100
    tolerance: { fail: 1%, over: 30s, minimumEvents: 10 }
  - id: told
    severity: info
    assert: '$error("bad " & email)'
`
const MORE = `fields: { email: { pii: high } }
samples: { fields: [id, email] }
`

function events(count: number, price: number) {
  return Array.from({ length: count }, (_, n) => ({
    key: SECRET,
    value: JSON.stringify({ id: `id-${n}`, price, email: SECRET, [SECRET]: SECRET }),
  }))
}

interface Answer {
  readonly state: string
  readonly ruleReports: readonly { readonly id: string; readonly counts: Record<string, number> }[]
}

test.skipIf(CHROMIUM === undefined)(
  'a broken flow shows in an open page, with the counts of the metrics and without a value of the events',
  async () => {
    const { admin, producer } = await clients()
    const topic = uniqueName('page')
    await createTopic(admin, topic)
    const statsd = await receiver()
    const rules = folderWith({ 'a.contract.yaml': contract(topic, RULES, 'paged', MORE) })
    const flags = ['--from', 'earliest']
    const env = { NODE_OPTIONS: '--disallow-code-generation-from-strings' }
    const service = assay({ rules, group: uniqueName('assay'), statsd, flags, env })
    const url = await service.http()
    await service.logged(isAssigned)
    const browser = await launch()
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    const watched = watchPage(page, url)
    const stateOf = () => page.locator('tbody tr .state').textContent()

    await producer.send({ topic, messages: events(200, 5) })
    await page.goto(url)
    await expect.poll(stateOf, { timeout: 30_000 }).toBe('Kept')
    await producer.send({ topic, messages: [...events(100, 500), { value: `{"${SECRET}"` }] })
    await expect.poll(stateOf, { timeout: 30_000 }).toBe('Broken')

    const get = async (path: string) => (await fetch(url + path)).text()
    const text = await get('/api/v1/contracts/paged')
    const { state, ruleReports } = JSON.parse(text) as Answer
    expect(state).toBe('broken')
    expect(ruleReports[0]?.counts).toEqual({ pass: 200, fail: 100, error: 0, skip: 0 })
    const metrics = await get('/metrics')
    expect(metrics).toMatch(/dq_rule_evaluations_total\{[^}]*rule="cheap"[^}]*result="fail"[^}]*\} 100\n/)

    await page.goto(`${url}/contracts/paged`)
    await expect.poll(() => page.locator('details.violation').count()).toBeGreaterThan(3)
    expect(text).toContain('id-')
    const shown = [
      text,
      metrics,
      await get('/api/v1/status'),
      await get('/api/v1/violations'),
      await page.content(),
    ]
    for (const each of [...shown, JSON.stringify(service.log)]) expect(each).not.toMatch(/alice|example\.org/)
    expect(watched).toEqual({ strangers: [], complaints: [] })
  },
)
