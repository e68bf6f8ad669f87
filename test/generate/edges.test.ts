import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kindOfPath } from '../../src/generate/datadog/artefact.ts'
import { lintDatadog } from '../../src/generate/datadog/lint/lint-datadog.ts'
import { generateGrafana } from '../../src/generate/grafana/generate-grafana.ts'
import { lintGrafana } from '../../src/generate/grafana/lint/lint.ts'
import { DEFAULT_GENERATE_SETTINGS } from '../../src/generate/settings.ts'
import type { Contract } from '../../src/model/contract.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { modelFaults } from './datadog/models.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from './support.ts'

/** Contracts at the ends of what can be said: hardly any rules, very long and very short times, shares of nothing and of nearly all. */
const EDGES = contractsBelow(join(import.meta.dirname, '../fixtures/generate-edges'))

function manyRules(): Contract[] {
  return contractsBelow(EVERY_KIND)
    .filter(({ id }) => id === 'shop.orders')
    .map((contract) => ({
      ...contract,
      rules: contract.rules.flatMap((rule) =>
        Array.from({ length: 40 }, (_, index) => ({ ...rule, id: `${rule.id}_number_${index}` })),
      ),
    }))
}

describe.each([
  ['edges', EDGES, undefined],
  ['edges in an environment', EDGES, 'Prod & Test'],
  ['280 rules', manyRules(), 'prod'],
])('%s', (_, contracts, env) => {
  const datadog = datadogFiles(contracts, { env, retentionMs: 60_000 })

  test('are what Datadog’s models and our lint take, and the same in whatever order', () => {
    expect(lintDatadog(datadog, CATALOGUE)).toEqual([])
    const refused = [...datadog].flatMap(([path, text]) => {
      const kind = kindOfPath(path)
      return kind === undefined ? [] : modelFaults(kind, text).map((fault) => `${path}: ${fault}`)
    })
    expect(refused).toEqual([])
    expect(datadogFiles(contracts.toReversed(), { env, retentionMs: 60_000 })).toEqual(datadog)
  })

  test('are what Grafana’s lint takes', () => {
    const files = generateGrafana(contracts, CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, env })
    expect(lintGrafana(new Map(files.map(({ path, text }) => [path, text])), CATALOGUE)).toEqual([])
  })
})

test('a window that a monitor can’t have becomes the nearest that it can have, and the message tells that one', () => {
  const files = [...datadogFiles(EDGES)].filter(([path]) => /_over_(?:90d|5s)_from_1\.monitor/.test(path))
  const monitors = files.map(([, text]) => JSON.parse(text) as { query: string; message: string })
  expect(monitors.map(({ query }) => query.slice(0, 'sum(last_1w)'.length))).toEqual([
    'sum(last_1w)',
    'sum(last_1m)',
  ])
  expect(monitors[0]?.message).toContain('in the last 7 d:')
  expect(monitors[1]?.message).toContain('in the last 1 min:')
})
