import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COUNT, stage, sumOf, KEYS, NOTHING_TO_DO } from './support.ts'
import { EVERY_KIND } from '../../generate/support.ts'
import { assay } from '../support.ts'

const BROKEN = 'contracts/warehouse.stock/broken_rule.monitor.json'

const VALIDITY = 'contract:warehouse.stock dq_check:validity env:prod'

function optionsOf(): Record<string, unknown> {
  return stage.tagged('monitor', 'dq_check:validity').options as Record<string, unknown>
}

function first(store: Map<string, Record<string, unknown>>): Record<string, unknown> {
  return [...store.values()][0] ?? {}
}

/** What is planned and done where all goes well, and what is refused before the first request. */
export function planTests(): void {
  describe('where Datadog has nothing', () => {
    beforeEach(() => stage.begin({ isApplied: false }))

    test('the plan is shown, and nothing is touched without --yes', async () => {
      const outcome = await stage.apply()
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect(outcome.out).toContain(`create monitor ${VALIDITY}\n`)
      expect(sumOf(outcome, 'Plan')).toBe(
        `Plan: ${COUNT - 31} to create, 31 to change, 0 unchanged, 0 orphaned`,
      )
      expect(stage.server.writes).toEqual([])
    })

    test('all kinds of rules are applied', async () => {
      stage.own()
      await stage.generate([EVERY_KIND])
      const outcome = await stage.apply('--yes')
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 102 created, 31 changed, 0 removed')
      expect(outcome.out).toContain('\n133/133 created entity ')
    })
  })

  describe('where it was applied before', () => {
    beforeEach(() => stage.begin({ isApplied: true }))

    test('nothing is left to do, and nothing is sent', async () => {
      expect(sumOf(await stage.apply('--yes'), 'Plan')).toBe(NOTHING_TO_DO)
      expect(stage.server.writes).toEqual([])
    })

    test('--check ends well', async () => {
      expect(await stage.apply('--check')).toMatchObject({ exitCode: 0, err: '' })
    })

    test('monitors of objectives have the ids of these', () => {
      const { id } = stage.tagged('slo', 'dq_check:validity')
      const queries = [...stage.server.stores.monitor.values()].map(({ query }) => String(query))
      expect(queries).toContain(
        `burn_rate("${String(id)}").over("90d").long_window("1h").short_window("5m") > 4.5`,
      )
      expect(queries.filter((query) => query.includes('slo:'))).toEqual([])
    })

    test('a file that was changed is told by field, and sent', async () => {
      stage.own({ isCopy: true })
      stage.change(BROKEN, '{{rule.name}} can’t judge', '{{rule.name}} is broken')
      const outcome = await stage.apply('--yes')
      const name = 'warehouse.stock: rule {{rule.name}} is broken'
      expect(outcome.out).toContain(
        `dq_check:broken_rule env:prod\n    /name: "warehouse.stock: rule {{rule.name}} can’t judge" → "${name}"\n`,
      )
      expect(stage.tagged('monitor', 'dq_check:broken_rule').name).toBe(name)
      expect(stage.server.writes).toHaveLength(1)
    })
  })

  describe('what people changed in Datadog', () => {
    beforeEach(() => stage.begin({ isApplied: true }))

    test.each<[string, (monitor: Record<string, unknown>) => void, string]>([
      ['the message', (monitor) => (monitor.message = 'x'), '/message: "x" → "'],
      [
        'a threshold',
        () => (optionsOf().thresholds = { critical: 30 }),
        '/options/thresholds/critical: 30 → 20',
      ],
      [
        'a bound that no file has',
        () => (optionsOf().thresholds = { ...(optionsOf().thresholds as object), warning_recovery: 3 }),
        '/options/thresholds/warning_recovery: 3 → nothing',
      ],
      [
        'a tag',
        (monitor) => (monitor.tags = [...(monitor.tags as string[]), 'team:night', 'by:hand']),
        '/tags: − "team:night", − "by:hand"',
      ],
      ['reminders', () => (optionsOf().renotify_interval = 60), '/options/renotify_interval: 60 → 0'],
      ['who is told when', () => (optionsOf().notify_by = ['*']), '/options/notify_by: − "*"'],
      [
        'an escalation',
        () => (optionsOf().escalation_message = '@all'),
        '/options/escalation_message: "@all" → ""',
      ],
      ['a draft', (monitor) => (monitor.draft_status = 'draft'), '/draft_status: "draft" → "published"'],
      ['a runbook', (monitor) => (monitor.priority = null), 'without /priority'],
    ])('%s is told by field, and changed back', async (_, change, says) => {
      change(stage.tagged('monitor', 'dq_check:validity'))
      const outcome = await stage.apply('--yes')
      expect(outcome.out).toContain(`change monitor ${VALIDITY}\n    ${says}`)
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 0 created, 1 changed, 0 removed')
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('who else a rule tells is told, and changed back', async () => {
      const { attributes } = first(stage.server.stores.rule) as { attributes: Record<string, unknown> }
      attributes.conditional_recipients = { conditions: [{ scope: 'priority:p1', recipients: ['slack-x'] }] }
      const outcome = await stage.apply('--yes')
      expect(outcome.out).toContain('    /data/attributes/conditional_recipients: {"conditions":')
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('what Datadog spaces otherwise is no difference', async () => {
      const monitor = stage.tagged('monitor', 'dq_check:validity')
      monitor.query = ` ${String(monitor.query).replaceAll(',', ', ').replaceAll(' > ', '  > ')}`
      monitor.message = `${String(monitor.message)}\n`
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test.each<[string, () => void]>([
      ['is muted', () => (optionsOf().silenced = { '*': null })],
      [
        'has a downtime',
        () => (stage.tagged('monitor', 'dq_check:validity').matching_downtimes = [{ id: 1, scope: ['*'] }]),
      ],
    ])('a monitor that %s is told and left so', async (_, mute) => {
      mute()
      const outcome = await stage.apply('--yes')
      expect(outcome.out).toContain(`muted in Datadog, and left so: monitor ${VALIDITY}\n`)
      expect(stage.server.writes).toEqual([])
    })

    test('a muted monitor that is changed stays muted', async () => {
      optionsOf().silenced = { '*': null }
      stage.tagged('monitor', 'dq_check:validity').message = 'x'
      await stage.apply('--yes')
      expect(optionsOf().silenced).toEqual({ '*': null })
    })

    test('dashboards, objectives, units, tags and rules are changed back', async () => {
      const { dashboard, metadata, rule, tags } = stage.server.stores
      first(dashboard).widgets = []
      first(metadata).description = 'by hand'
      first(tags).tags = ['env']
      ;(first(rule).attributes as { recipients: string[] }).recipients = ['slack-elsewhere']
      stage.tagged('slo', 'dq_check:validity').target_threshold = 50
      const outcome = await stage.apply('--yes')
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 0 created, 5 changed, 0 removed')
      expect(outcome.out).toContain('/recipients: − "slack-elsewhere", + "team-team-billing"\n')
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('a monitor of another type is made anew, for its type can’t be changed', async () => {
      stage.tagged('monitor', 'dq_check:broken_rule').type = 'event alert'
      const outcome = await stage.apply('--yes')
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect(outcome.out).toMatch(/made anew monitor \S+ dq_check:broken_rule/)
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('an SLO of another type is made anew, and removed only once no monitor needs it', async () => {
      const before = stage.tagged('slo', 'dq_check:validity')
      before.type = 'time_slice'
      const outcome = await stage.apply('--yes')
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect(stage.tagged('slo', 'dq_check:validity').id).not.toBe(before.id)
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('an SLO that was removed by hand is made again, and its monitors follow', async () => {
      stage.lose('slo', 'dq_check:validity')
      const outcome = await stage.apply('--yes')
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 1 created, 3 changed, 0 removed')
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })
  })

  describe('what is there twice', () => {
    beforeEach(async () => {
      await stage.begin({ isApplied: true })
      stage.add('monitor', stage.tagged('monitor', 'dq_check:validity'), { id: 5000 })
    })

    test('is told, and not made a third time', async () => {
      const outcome = await stage.apply('--yes')
      expect(outcome.out).toMatch(
        /there twice: monitor contract:warehouse.stock dq_check:validity env:prod \(id 5000; \d+ is kept\)/,
      )
      expect(sumOf(outcome, 'Plan')).toBe(`${NOTHING_TO_DO}, 1 there twice (--prune removes them)`)
      expect((await stage.apply('--check')).exitCode).toBe(1)
    })

    test('is removed with --prune, and the older one stays', async () => {
      await stage.apply('--yes', '--prune')
      expect(stage.server.stores.monitor.has('5000')).toBe(false)
      expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
    })

    test('of two SLOs that stays which the monitors know', async () => {
      const slo = stage.tagged('slo', 'dq_check:validity')
      stage.add('slo', slo, { id: '9000' })
      const outcome = await stage.apply('--yes', '--prune')
      expect(outcome).toMatchObject({ exitCode: 0, err: '' })
      expect([...stage.server.stores.slo.keys()]).toEqual([slo.id])
    })
  })

  test('for machines, the plan and what came of it are one document', async () => {
    await stage.begin({ isApplied: true })
    stage.lose('monitor', 'dq_check:validity')
    const { out, err, exitCode } = await stage.apply('--yes', '--output', 'json')
    const document = JSON.parse(out) as { plan: object; applied: object }
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 })
    expect(document.plan).toMatchObject({ create: 1, change: 0, unchanged: COUNT - 1, orphaned: 0 })
    expect(document.applied).toEqual({
      created: 1,
      changed: 0,
      removed: 0,
      postponed: 0,
      failures: [],
      stop: null,
      left: 0,
    })
    const planned = JSON.parse((await stage.apply('--output', 'json')).out) as { applied: unknown }
    expect(planned.applied).toBeNull()
  })

  describe('refused before the first request', () => {
    beforeEach(() => stage.begin({ isApplied: false }))
    afterEach(() => expect(stage.server.requests).toEqual([]))

    test.each<[string, Record<string, string>, readonly string[]]>([
      ['no keys', {}, ['DD_API_KEY is not set [CONFIG_MISSING]', 'DD_APP_KEY is not set [CONFIG_MISSING]']],
      ['no application key', { DD_API_KEY: 'a' }, ['DD_APP_KEY is not set [CONFIG_MISSING]']],
      ['a blank key', { ...KEYS, DD_APP_KEY: ' ' }, ['DD_APP_KEY is not set [CONFIG_MISSING]']],
      ['a key with a line break', { ...KEYS, DD_API_KEY: 'secret-a\nsecret-b' }, ['DD_API_KEY has spaces']],
      ['a key in quotes', { ...KEYS, DD_APP_KEY: '"secret-a"' }, ['DD_APP_KEY has spaces, quotes']],
      [
        'a site that is an address',
        { ...KEYS, DD_SITE: 'https://datadoghq.eu/' },
        ['DD_SITE must be a site', 'hint: Write datadoghq.eu.'],
      ],
      [
        'the address of the page',
        { ...KEYS, DD_SITE: 'app.us5.datadoghq.com' },
        ['Write us5.datadoghq.com.'],
      ],
      [
        'a site that is mistyped',
        { ...KEYS, DD_SITE: 'datadoghq.con' },
        ['DD_SITE must be a site', 'Sites are'],
      ],
      [
        'all at once',
        { DD_API_KEY: 'a', DD_SITE: 'datadog' },
        ['DD_APP_KEY is not set', 'DD_SITE must be a site', '2 problems'],
      ],
    ])('%s', async (_, env, says) => {
      const { exitCode, out, err } = await assay(['apply', 'datadog', stage.folder], env)
      for (const text of says) expect(err).toContain(text)
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
      expect(err).not.toContain('secret')
    })

    test('a folder that Datadog would refuse', async () => {
      stage.own({ isCopy: true })
      stage.change(BROKEN, '"critical": 10', '"critical": 11')
      const { exitCode, out, err } = await stage.apply('--yes')
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
      expect(err).toContain(
        `${BROKEN} /options/thresholds/critical: is 11, and the query says 10 [GENERATED_FAULTY]`,
      )
    })

    test('a file that is no JSON', async () => {
      stage.own()
      stage.files.write(`${stage.folder.slice(stage.files.folder.length + 1)}/a.monitor.json`, '{')
      const { exitCode, err } = await stage.apply('--yes')
      expect(exitCode).toBe(2)
      expect(err).toContain('a.monitor.json: is no JSON')
    })

    test.each<[string, (folder: string) => string[], string]>([
      ['a folder without generated files', (folder) => [`${folder}-not`], 'no generated files are there'],
      ['rules in place of what was made of them', () => [EVERY_KIND], 'no generated files are there'],
      ['an address that is none', (folder) => [folder, '--api-url', 'datadog'], '--api-url must be'],
      [
        'an address with a user',
        (folder) => [folder, '--api-url', 'http://me:secret@x'],
        '--api-url must be',
      ],
      ['to do it and only to check it', (folder) => [folder, '--yes', '--check'], 'cannot be used with'],
    ])('%s', async (_, argsFor, says) => {
      const { exitCode, err } = await assay(['apply', 'datadog', ...argsFor(stage.folder)], KEYS)
      expect(exitCode).toBe(2)
      expect(err).toContain(says)
      expect(err).not.toContain('secret')
    })
  })
}
