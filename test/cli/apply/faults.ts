import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/clock.ts'
import { NOTHING_TO_DO, stage, sumOf } from './support.ts'
import { assay } from '../support.ts'

/** Six things are to be made: an SLO, its three monitors, and two more. */
function loseSome(): void {
  stage.lose('slo', 'dq_check:validity')
  for (const check of [
    'validity_budget',
    'validity_burn_fast',
    'validity_burn_slow',
    'validity',
    'checker_dead',
  ])
    stage.lose('monitor', `dq_check:${check}`)
}

const isMaking = (method: string, path: string) => method === 'POST' && path === '/api/v1/monitor'

/** What comes of refusals, limits, silence and signals. */
export function faultTests(): void {
  beforeEach(async () => {
    await stage.begin({ isApplied: true })
    // Waiting takes no time here: the next try comes at once.
    vi.spyOn(systemClock, 'sleep').mockResolvedValue()
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    await stage.server.stop()
  })

  describe('what Datadog does not take', () => {
    test('is told at the end with its status and words; the rest is done', async () => {
      loseSome()
      let made = 0
      stage.server.trouble = (_, method, path) =>
        isMaking(method, path) && ++made === 1
          ? { status: 400, body: { errors: ['The value provided is bad'] } }
          : undefined
      const outcome = await stage.apply('--yes')
      expect(outcome.exitCode).toBe(4)
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 5 created, 0 changed, 0 removed, 1 failed')
      expect(outcome.err).toMatch(
        /^monitor contract:warehouse.stock dq_check:\w+ env:prod: Datadog refused createMonitor \(400\): \{"errors":\["The value provided is bad"\]\} \[DATADOG_REFUSED\]/,
      )
      expect(outcome.err).toContain('1 problem')
    })

    test('what needs it is not tried', async () => {
      loseSome()
      stage.server.trouble = (_, method, path) =>
        method === 'POST' && path === '/api/v1/slo' ? { status: 400, body: { errors: ['no'] } } : undefined
      const outcome = await stage.apply('--yes')
      expect(sumOf(outcome, 'Applied')).toBe('Applied: 2 created, 0 changed, 0 removed, 4 failed')
      expect(outcome.err).toContain('it needs the SLO slo:warehouse.stock/validity, which could not be made')
      expect(stage.server.writes.filter((write) => write === 'POST /api/v1/monitor')).toHaveLength(2)
    })

    test('an SLO that monitors of others need stays, which is told', async () => {
      const slo = stage.tagged('slo', 'dq_check:validity')
      const tags = [
        'managed-by:assay',
        'dq_check:validity',
        'contract:warehouse.gone',
        'domain:warehouse',
        'env:prod',
      ]
      stage.add('slo', slo, { id: '77', tags })
      stage.add('monitor', stage.tagged('monitor', 'dq_check:validity'), {
        id: 78,
        tags: [],
        query: 'error_budget("77").over("30d") > 90',
      })
      const outcome = await stage.apply('--yes', '--prune')
      expect(outcome.exitCode).toBe(4)
      expect(outcome.err).toContain('Datadog refused deleteSLO (409)')
    })
  })

  describe('keys that are not taken', () => {
    const SECRETS = { DD_API_KEY: 'very-secret-api', DD_APP_KEY: 'very-secret-app' }

    test.each([401, 403])(
      '%s: told after the lists alone, with what to do and without the keys',
      async (status) => {
        stage.server.trouble = () => ({ status, body: { errors: ['no, very-secret-api is not known'] } })
        const { exitCode, out, err } = await assay(
          ['apply', 'datadog', stage.folder, '--api-url', stage.url, '--yes'],
          SECRETS,
        )
        expect({ exitCode, out }).toEqual({ exitCode: 4, out: '' })
        expect(err).toContain(`(${status})`)
        expect(err).toContain('Check DD_API_KEY, DD_APP_KEY and DD_SITE')
        expect(out + err).not.toContain('very-secret')
        expect(stage.server.requests).toHaveLength(5)
      },
    )

    test('a key that may read and not write fails once for each kind', async () => {
      loseSome()
      stage.server.stores.rule.clear()
      stage.server.trouble = (_, method) =>
        method === 'GET' ? undefined : { status: 403, body: { errors: ['Forbidden'] } }
      const outcome = await stage.apply('--yes')
      expect(outcome.exitCode).toBe(4)
      expect(outcome.err.match(/^\w+ .*\[DATADOG_FORBIDDEN\]/gm)).toHaveLength(3)
      expect(sumOf(outcome, 'Applied')).toContain('0 created, 0 changed, 0 removed')
    })

    test('a key that may not write one kind keeps no other from being made, and nothing is removed', async () => {
      loseSome()
      stage.server.stores.metadata.clear()
      stage.server.trouble = (_, method, path) =>
        method === 'PUT' && path.startsWith('/api/v1/metrics')
          ? { status: 403, body: { errors: ['Forbidden'] } }
          : undefined
      const outcome = await stage.apply('--yes', '--prune')
      expect(outcome.exitCode).toBe(4)
      expect(sumOf(outcome, 'Applied')).toMatch(
        /^Applied: 6 created, 0 changed, 0 removed, 1 failed, \d+ not done/,
      )
      expect(outcome.err).toContain('lacks a scope')
      expect(outcome.err).toContain('1 problem')
    })

    test.each([[[]], [['--yes', '--prune']]])(
      'a key that may not read SLOs plans the rest, says so, and removes nothing (%j)',
      async (flags) => {
        stage.add('monitor', stage.tagged('monitor', 'dq_check:checker_dead'), {
          id: 7,
          tags: ['managed-by:assay', 'contract:gone', 'domain:warehouse', 'env:prod', 'dq_check:x'],
        })
        stage.lose('monitor', 'dq_check:checker_dead')
        stage.server.trouble = (_, _method, path) =>
          path.startsWith('/api/v1/slo') ? { status: 403, body: { errors: ['Forbidden'] } } : undefined
        const outcome = await stage.apply(...flags)
        expect(outcome.exitCode).toBe(4)
        expect(sumOf(outcome, 'Plan')).toMatch(/^Plan: 1 to create, 0 to change, \d+ unchanged, 0 orphaned$/)
        expect(outcome.err).toContain('no slo was compared or is applied: Datadog refused listSLOs (403)')
        expect(stage.server.writes).toEqual(flags.length === 0 ? [] : ['POST /api/v1/monitor'])
      },
    )
  })

  test.each<[string, object]>([
    ['a page of a proxy', { status: 200, body: '<html>Please log in</html>' }],
    ['another JSON', { status: 200, body: { hello: 'there' } }],
    ['a way to elsewhere', { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/login' } }],
    ['a page that is not there', { status: 404, body: '<html>404</html>' }],
  ])('%s is not taken for an empty Datadog', async (_, reply) => {
    stage.server.trouble = () => ({ status: 200, body: {}, ...reply })
    const { exitCode, out, err } = await stage.apply('--yes')
    expect({ exitCode, out }).toEqual({ exitCode: 4, out: '' })
    expect(err).toMatch(/\[DATADOG_(?:ANSWER_UNREADABLE|REFUSED)\]/)
    expect(stage.server.requests).toHaveLength(1)
  })

  test('nobody is there', async () => {
    await stage.server.stop()
    const { exitCode, out, err } = await stage.apply()
    expect({ exitCode, out }).toEqual({ exitCode: 4, out: '' })
    expect(err).toMatch(/127\.0\.0\.1:\d+ can’t be reached: .*ECONNREFUSED.* \[DATADOG_UNREACHABLE\]/)
  })

  test('many 429 on the way: all is done, and long waits are told', async () => {
    loseSome()
    stage.server.trouble = (request) =>
      request % 3 === 0
        ? { status: 429, body: { errors: ['slow down'] }, headers: { 'x-ratelimit-reset': '37' } }
        : undefined
    const outcome = await stage.apply('--yes')
    expect(outcome.exitCode).toBe(0)
    expect(sumOf(outcome, 'Applied')).toBe('Applied: 6 created, 0 changed, 0 removed')
    expect(outcome.err).toContain('Datadog allows no more requests for 37 s: waiting\n')
  })

  test('Datadog fails in the middle: it ends, and the next run goes on', async () => {
    loseSome()
    stage.server.trouble = (_, method, path) =>
      isMaking(method, path) ? { status: 503, body: { errors: ['later'] } } : undefined
    const broken = await stage.apply('--yes')
    expect(broken.exitCode).toBe(4)
    expect(broken.err).toContain('[DATADOG_UNAVAILABLE]')
    expect(sumOf(broken, 'Applied')).toBe(
      'Applied: 1 created, 0 changed, 0 removed, 5 not done: run it again, and it goes on',
    )
    stage.server.trouble = () => undefined
    expect((await stage.apply('--yes')).exitCode).toBe(0)
    expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
  })

  test('a signal: what is sent is finished, nothing more is begun, and the next run goes on', async () => {
    loseSome()
    let isSent = false
    stage.server.trouble = (_, method, path) => {
      if (isMaking(method, path) && !isSent) {
        isSent = true
        process.emit('SIGINT')
      }
      return undefined
    }
    const stopped = await stage.apply('--yes')
    expect(stopped.exitCode).toBe(4)
    expect(stopped.err).toContain('Stopping: what is sent is finished, and nothing more is begun')
    expect(sumOf(stopped, 'Applied')).toMatch(/^Applied: [2-5] created, 0 changed, 0 removed, [1-4] not done/)
    expect(process.listenerCount('SIGINT')).toBe(0)
    stage.server.trouble = () => undefined
    await stage.apply('--yes')
    expect(sumOf(await stage.apply(), 'Plan')).toBe(NOTHING_TO_DO)
  })

  test('metrics that Datadog has not seen are postponed, and --check passes them over', async () => {
    for (const name of ['dq.rules.suspended', 'dq.events']) {
      stage.server.unseen.add(name)
      stage.server.stores.tags.delete(name)
      stage.server.stores.metadata.delete(name)
    }
    const outcome = await stage.apply('--yes')
    expect(outcome.exitCode).toBe(0)
    expect(outcome.out).toContain('create tags dq.rules.suspended (once Datadog has seen the metric)\n')
    expect(outcome.out).toContain('postponed (Datadog has not seen the metric yet) tags dq.rules.suspended')
    expect(sumOf(outcome, 'Applied')).toContain('4 postponed')
    expect((await stage.apply('--check')).exitCode).toBe(0)
  })
}
