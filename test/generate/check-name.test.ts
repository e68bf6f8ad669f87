import { expect, test } from 'vitest'
import { generatePrometheus } from '../../src/generate/prometheus/generate-prometheus.ts'
import type { Contract, Rule } from '../../src/model/contract.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from './support.ts'

function orders(): Contract {
  const contract = contractsBelow(EVERY_KIND).find(({ id }) => id === 'shop.orders')
  if (contract === undefined) throw new Error('no contract shop.orders')
  return contract
}

const CONTRACT = orders()

function like(id: string, change: Partial<Rule>): Rule {
  const rule = CONTRACT.rules.find((each) => each.id === id)
  if (rule === undefined) throw new Error(`no rule ${id}`)
  return { ...rule, id: `another_${id}`, ...change }
}

const TOLERANCE = { warn: 0.001, fail: 0.01, overMs: 900_000, minimumEvents: 100 }

function all(texts: readonly string[], pattern: RegExp): Set<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)))
}

/** The names of the checks of the contract in both systems. */
function namesOf(contract: Contract): { datadog: Set<string>; prometheus: Set<string> } {
  const monitors = [...datadogFiles([contract])].filter(([path]) => path.startsWith('contracts/'))
  const rules = generatePrometheus([contract], CATALOGUE).filter(({ path }) => /^contracts.*rules/.test(path))
  return {
    datadog: all(
      monitors.filter(([path]) => path.endsWith('.monitor.json')).map(([, text]) => text),
      /"dq_check:([^"]+)"/g,
    ),
    prometheus: all(
      rules.map(({ text }) => text),
      /dq_check: (\S+)/g,
    ),
  }
}

const NAMES = namesOf(CONTRACT)

test('checks have the same names in both systems; budgets are for Datadog alone', () => {
  expect([...NAMES.datadog].filter((name) => !name.endsWith('_budget')).sort()).toEqual(
    [...NAMES.prometheus].sort(),
  )
})

test.each([
  ['in another order', CONTRACT.rules.toReversed()],
  ['with another tolerance', [like('has_customer', { tolerance: { ...TOLERANCE, fail: 0.02 } })]],
  ['with another window', [like('has_customer', { tolerance: { ...TOLERANCE, overMs: 60_000 } })]],
  ['with a minimum', [like('has_customer', { tolerance: { ...TOLERANCE, minimumEvents: 7 } })]],
  ['without a warning', [like('has_customer', { tolerance: { ...TOLERANCE, warn: undefined } })]],
  ['of another severity', [like('has_customer', { severity: 'info' })]],
  ['that may not fail', [like('paid_orders_have_a_receipt', { severity: 'warning' })]],
  ['without a tolerance', [like('total_is_positive', {})]],
])('a rule %s renames no check', (name, rules) => {
  const isMore = name !== 'in another order'
  const { datadog, prometheus } = namesOf({
    ...CONTRACT,
    rules: isMore ? [...rules, ...CONTRACT.rules] : rules,
  })
  expect([...datadog]).toEqual(expect.arrayContaining([...NAMES.datadog]))
  expect([...prometheus]).toEqual(expect.arrayContaining([...NAMES.prometheus]))
  const grows = isMore && name !== 'without a tolerance' ? 1 : 0
  expect(datadog.size - NAMES.datadog.size).toBe(grows)
  expect(prometheus.size - NAMES.prometheus.size).toBe(grows)
})
