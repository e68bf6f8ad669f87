import { describe, expect, test } from 'vitest'
import { governed, policyFile } from './support.ts'

const RULES = [
  { id: 'positive', assert: 'n > 0' },
  { id: 'loud', severity: 'info', dimension: 'coverage', missing: 'skip', assert: 'm' },
  { id: 'shape', schema: './a.json' },
]

function merged(contract: object, layers: object) {
  return governed(contract, policyFile(layers)).contract
}

describe('a contract between the layers of its platform', () => {
  test('takes from the defaults what it does not say', () => {
    const defaults = {
      format: 'json',
      tombstones: 'fail',
      links: { runbook: 'https://a.example' },
      tags: { tier: 'gold' },
    }
    expect(merged({}, { defaults })).toMatchObject(defaults)
  })

  test('goes before the defaults, name by name', () => {
    const contract = {
      format: 'string',
      tombstones: 'ignore',
      links: { board: 'https://b.example' },
      tags: { tier: 'silver' },
    }
    const defaults = {
      format: 'json',
      tombstones: 'fail',
      links: { runbook: 'https://a.example' },
      tags: { tier: 'gold', area: 'x' },
    }
    expect(merged(contract, { defaults })).toMatchObject({
      format: 'string',
      tombstones: 'ignore',
      links: { board: 'https://b.example', runbook: 'https://a.example' },
      tags: { tier: 'silver', area: 'x' },
    })
  })

  test('yields to the overrides, name by name', () => {
    const contract = { format: 'string', tags: { tier: 'silver', area: 'x' }, fields: { a: { pii: 'low' } } }
    const overrides = {
      format: 'json',
      tombstones: 'fail',
      tags: { tier: 'gold' },
      fields: { a: { pii: 'high' } },
    }
    expect(merged(contract, { overrides })).toMatchObject({
      format: 'json',
      tombstones: 'fail',
      tags: { tier: 'gold', area: 'x' },
      fields: { a: { pii: 'high' } },
    })
  })

  test('lets defaults, itself and overrides say different things', () => {
    const layers = { defaults: { tags: { a: 'd', b: 'd', c: 'd' } }, overrides: { tags: { c: 'o' } } }
    expect(merged({ tags: { b: 'c', c: 'c' } }, layers).tags).toEqual({ a: 'd', b: 'c', c: 'o' })
  })

  test('has promises merged one by one', () => {
    const promises = { validity: { objective: 99, window: '30d' } }
    expect(merged({}, { defaults: { promises } }).promises.validity).toEqual(promises.validity)
    const own = { validity: { objective: 95, window: '7d' } }
    expect(merged({ promises: own }, { defaults: { promises } }).promises.validity).toEqual(own.validity)
    expect(merged({ promises: own }, { overrides: { promises } }).promises.validity).toEqual(
      promises.validity,
    )
  })

  test('gives its rules the keys of `rule`, and `missing` to assertions only', () => {
    const defaults = { rule: { severity: 'warning', dimension: 'completeness', missing: 'skip' } }
    expect(merged({ rules: RULES }, { defaults }).rules).toMatchObject([
      { id: 'positive', severity: 'warning', dimension: 'completeness', missing: 'skip' },
      { id: 'loud', severity: 'info', dimension: 'coverage', missing: 'skip' },
      { id: 'shape', severity: 'warning', dimension: 'completeness', missing: 'fail' },
    ])
    expect(
      merged({ rules: RULES }, { overrides: { rule: { severity: 'error', missing: 'fail' } } }).rules,
    ).toMatchObject([
      { severity: 'error', missing: 'fail' },
      { severity: 'error', missing: 'fail', dimension: 'coverage' },
      { severity: 'error', missing: 'fail' },
    ])
  })

  test('gives `tolerance` to rules about single events only, and `mode` to all', () => {
    const rules = [
      { id: 'counted', assert: 'a' },
      { id: 'strict', assert: 'b', tolerance: 'none', mode: 'live' },
      { id: 'flows', freshness: { within: '5m' } },
    ]
    const rule = { tolerance: { fail: '1%', over: '15m' }, mode: 'shadow' }
    const below = merged({ rules }, { defaults: { rule } })
    expect(below.rules).toMatchObject([
      { id: 'counted', tolerance: { fail: 0.01 }, mode: 'shadow' },
      { id: 'strict', tolerance: 'none', mode: 'live' },
    ])
    expect(below.streamRules).toMatchObject([{ id: 'flows', mode: 'shadow' }])
    const above = merged({ rules }, { overrides: { rule } })
    expect(above.rules).toMatchObject([
      { tolerance: { fail: 0.01 }, mode: 'shadow' },
      { tolerance: { fail: 0.01 }, mode: 'shadow' },
    ])
    expect(above.streamRules[0]).not.toHaveProperty('tolerance')
  })

  test('has rules over the stream of its platform beside its own', () => {
    const flows = { id: 'flows', freshness: { within: '1h' } }
    const { rules, streamRules } = merged({}, { defaults: { rules: [flows] } })
    expect(rules).toHaveLength(1)
    expect(streamRules).toMatchObject([{ id: 'flows', check: { kind: 'freshness', withinMs: 3_600_000 } }])
  })

  test('has the rules of its platform beside its own, and of two with one id the upper one', () => {
    const layers = {
      defaults: {
        rules: [
          { id: 'has_id', assert: 'd' },
          { id: 'positive', assert: 'd' },
        ],
      },
      overrides: {
        rules: [
          { id: 'loud', assert: 'o' },
          { id: 'has_time', assert: 'o' },
        ],
      },
    }
    const { rules } = merged({ rules: RULES }, layers)
    const texts = rules.map(({ id, check }) => [id, check.kind === 'assert' ? check.expression.text : ''])
    expect(texts).toEqual([
      ['positive', 'n > 0'],
      ['shape', ''],
      ['has_id', 'd'],
      ['loud', 'o'],
      ['has_time', 'o'],
    ])
    expect(rules.at(-1)?.at.file).toBe('rules/assay.policy.yaml')
  })

  test('is as it was without layers', () => {
    expect(merged({}, {})).toMatchObject({ format: 'auto', tombstones: 'ignore', links: {}, tags: {} })
  })
})
