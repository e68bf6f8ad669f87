import { beforeEach, describe, expect, test } from 'vitest'
import { COUNT, stage, STOCK, sumOf } from './support.ts'

/** A contract of another folder. */
function contract(id: string, domain: string, topic = `${id}.v1`): string {
  return stage.files.writeContract(id, [{ id: 'a', assert: 'true = a' }], { id, domain, topic })
}

function idsOf(kind: 'monitor' | 'dashboard' | 'entity' | 'rule'): Set<string> {
  return new Set(stage.server.stores[kind].keys())
}

function retag(...tags: readonly string[]): string[] {
  return ['managed-by:assay', 'dq_check:validity', ...tags]
}

/** What a folder speaks for, and what it leaves to others. */
export function scopeTests(): void {
  beforeEach(() => stage.begin({ isApplied: true }))

  describe('what no file asks for any more', () => {
    beforeEach(() => {
      const like = stage.tagged('monitor', 'dq_check:validity')
      stage.add('monitor', like, { id: 7, name: 'by hand', tags: ['team:x', 'domain:warehouse', 'env:prod'] })
      stage.add('monitor', like, {
        id: 8,
        tags: retag('contract:warehouse.gone', 'domain:warehouse', 'env:prod'),
      })
      stage.add('monitor', like, { id: 9, tags: retag('contract:shop.orders', 'domain:shop', 'env:prod') })
      stage.add('monitor', like, {
        id: 10,
        tags: retag('contract:warehouse.stock', 'domain:warehouse'),
      })
    })

    test('is told and left alone; so is what another folder speaks for', async () => {
      const outcome = await stage.apply('--yes')
      expect(outcome.out).toContain('orphaned: monitor contract:warehouse.gone dq_check:validity env:prod\n')
      expect(outcome.out).toContain(
        'not of this folder, and left alone: 1 of domain shop in prod; 1 of domain warehouse in all environments\n',
      )
      expect(sumOf(outcome, 'Plan')).toBe(
        `Plan: 0 to create, 0 to change, ${COUNT} unchanged, 1 orphaned (--prune removes them)`,
      )
      expect(stage.server.writes).toEqual([])
      expect((await stage.apply('--check')).exitCode).toBe(1)
    })

    test('is removed with --prune; what is by hand, or of a domain or environment that the folder says nothing of, is not', async () => {
      const outcome = await stage.apply('--yes', '--prune')
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 0 created, 0 changed, 1 removed')
      expect(['7', '8', '9', '10'].filter((id) => stage.server.stores.monitor.has(id))).toEqual([
        '7',
        '9',
        '10',
      ])
    })

    test('of a domain whose last contract went, it is removed if the domain is named', async () => {
      await stage.apply('--yes', '--prune', '--domain', 'shop')
      expect(stage.server.stores.monitor.has('9')).toBe(false)
    })

    test('nothing is removed while something else failed', async () => {
      stage.lose('monitor', 'dq_check:checker_dead')
      stage.server.trouble = (_, method) =>
        method === 'POST' ? { status: 400, body: { errors: ['no'] } } : undefined
      const { exitCode } = await stage.apply('--yes', '--prune')
      expect(exitCode).toBe(4)
      expect(stage.server.stores.monitor.has('8')).toBe(true)
    })
  })

  test('a contract that was renamed: its new things are made, then its old ones removed, objectives after their monitors', async () => {
    stage.own()
    await stage.generate([contract('warehouse.other', 'warehouse')], '--env', 'prod')
    const outcome = await stage.apply('--yes', '--prune')
    expect(outcome).toMatchObject({ exitCode: 0, err: '' })
    expect(stage.server.stores.slo.size).toBe(0)
    const left = [...stage.server.stores.monitor.values()].filter(({ tags }) =>
      (tags as string[]).includes('contract:warehouse.stock'),
    )
    expect(left).toEqual([])
    expect(idsOf('entity')).not.toContain('queue:warehouse.stock.v1')
    // The rule of its team has nothing left to tell of.
    expect(stage.server.stores.rule.size).toBe(1)
  })

  describe('another environment', () => {
    test('stands beside the first, and shares dashboards and entities with it', async () => {
      const before = stage.server.stores.monitor.size
      stage.own()
      await stage.generate([STOCK], '--env', 'staging')
      const outcome = await stage.apply('--yes', '--prune')
      expect(sumOf(outcome, 'Applied')).toMatch(/, 0 changed, 0 removed$/)
      expect(stage.server.stores.monitor.size).toBe(2 * before)
    })

    test('that does not have a contract yet leaves the dashboards, entities and rules of those that do', async () => {
      const dashboards = idsOf('dashboard')
      const entities = idsOf('entity')
      const rules = idsOf('rule')
      stage.own()
      await stage.generate([contract('warehouse.other', 'warehouse')], '--env', 'staging')
      const outcome = await stage.apply('--yes', '--prune')
      expect(outcome.exitCode).toBe(0)
      expect(sumOf(outcome, 'Applied')).toContain(', 0 removed')
      for (const id of dashboards) expect(idsOf('dashboard')).toContain(id)
      for (const id of entities) expect(idsOf('entity')).toContain(id)
      for (const id of rules) expect(idsOf('rule')).toContain(id)
    })
  })

  test('recipients of one environment are none of the other’s', async () => {
    stage.own()
    await stage.generate([STOCK], '--env', 'staging', '--recipient', 'slack-trial')
    await stage.apply('--yes')
    const rules = [...stage.server.stores.rule.values()].map(({ attributes }) => attributes)
    expect(rules).toEqual([
      {
        name: 'Assay: monitors of team-billing in prod',
        filter: { tags: ['env:prod', 'managed-by:assay', 'team:team-billing'] },
        recipients: ['team-team-billing'],
      },
      {
        name: 'Assay: monitors of team-billing in staging',
        filter: { tags: ['env:staging', 'managed-by:assay', 'team:team-billing'] },
        recipients: ['slack-trial'],
      },
    ])
  })

  test('a domain of another repository is neither seen as orphaned nor touched', async () => {
    const before = idsOf('monitor')
    stage.own()
    await stage.generate([contract('shop.orders', 'shop')], '--env', 'prod')
    const outcome = await stage.apply('--yes', '--prune')
    expect(sumOf(outcome, 'Plan')).toContain(' 0 orphaned')
    for (const id of before) expect(stage.server.stores.monitor.has(id)).toBe(true)
  })

  test('a topic that another domain watches too keeps its entity', async () => {
    const like = stage.tagged('monitor', 'dq_check:validity')
    const topic = 'topic:warehouse.stock.v1'
    stage.add('monitor', like, {
      id: 9,
      tags: [
        'managed-by:assay',
        'dq_check:validity',
        'contract:shop.stock',
        'domain:shop',
        'env:prod',
        topic,
      ],
    })
    stage.own()
    await stage.generate([contract('warehouse.other', 'warehouse')], '--env', 'prod')
    await stage.apply('--yes', '--prune')
    expect(idsOf('entity')).toContain('queue:warehouse.stock.v1')
  })

  test('a catalogue entity of somebody else is told, and left alone', async () => {
    const entity = stage.server.stores.entity.get('system:warehouse') ?? {}
    entity.metadata = { name: 'warehouse', owner: 'people', tags: ['by:hand'] }
    const outcome = await stage.apply('--yes')
    expect(outcome.out).toContain(
      'leave alone entity system:warehouse: without managed-by:assay it is somebody else’s\n',
    )
    expect(sumOf(outcome, 'Plan')).toBe(
      `Plan: 0 to create, 0 to change, ${COUNT - 1} unchanged, 0 orphaned, 1 of somebody else`,
    )
    expect(stage.server.writes).toEqual([])
    expect((await stage.apply('--check')).exitCode).toBe(0)
  })

  test('a contract that moved to another domain takes its monitors along', async () => {
    stage.own()
    const moved = contract('warehouse.stock', 'shop', 'warehouse.stock.v1')
    await stage.generate([moved], '--env', 'prod')
    const before = stage.tagged('monitor', 'dq_check:checker_dead').id
    await stage.apply('--yes')
    const after = stage.tagged('monitor', 'dq_check:checker_dead')
    expect(after.id).toBe(before)
    expect(after.tags).toContain('domain:shop')
  })
}
