import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'
import { assay, Files } from './support.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')

const RULE = { id: 'positive', assert: 'n > 0' }
const OWNED = { id: 'teams', allow: { key: 'owner', values: ['team-crm'] } }

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

function writePolicies(body: object, path = 'rules/assay.policy.yaml'): string {
  return files.write(path, JSON.stringify({ apiVersion: 'assay/v1', ...body }))
}

async function validate(...args: string[]) {
  return assay(['validate', ...args])
}

describe('a policy file', () => {
  test.each(['rules', 'rules/ads', 'rules/ads/a.contract.yaml'])(
    'holds for a contract found by %s',
    async (path) => {
      files.writeContract('ads/a', [RULE])
      writePolicies({ policies: [OWNED] })
      const { exitCode, out } = await validate(files.at(path))
      expect(exitCode).toBe(2)
      expect(out).toContain('policy "teams": `owner` must be one of `team-crm`; found "team-search"')
      expect(out).toContain('(Policy at ')
    },
  )

  test('is not looked for beyond the repository', async () => {
    files.writeContract('ads/a', [RULE])
    mkdirSync(files.at('rules/.git'))
    writePolicies({ policies: [OWNED] }, 'assay.policy.yaml')
    expect(await validate(files.at('rules'))).toMatchObject({ exitCode: 0 })
  })

  test('holds below its folder only', async () => {
    files.writeContract('ads/a', [RULE])
    files.writeContract('crm/b', [RULE], { id: 'b' })
    writePolicies({ policies: [OWNED] }, 'rules/ads/assay.policy.yaml')
    const { out } = await validate(files.at('rules'))
    expect(out).toContain('1 problem (1 error) in 1 of 3 files')
  })

  test('is found once, whatever the paths', async () => {
    files.writeContract('ads/a', [RULE])
    symlinkSync(files.at('rules'), files.at('link'))
    writePolicies({ policies: [OWNED] })
    const { out } = await validate(files.at('rules'), files.at('rules/ads'), files.at('link'))
    expect(out).toContain('1 problem (1 error) in 1 of 2 files')
  })

  test('can be checked alone', async () => {
    const path = writePolicies({ policies: [{ id: 'a' }] })
    const { exitCode, out } = await validate(path)
    expect(exitCode).toBe(2)
    expect(out).toContain('a demand is missing [RULE_WITHOUT_CHECK]')
  })

  test('with a mistake is told, and nothing is held against it', async () => {
    files.writeContract('a', [RULE])
    writePolicies({ policies: [OWNED, { id: 'b', require: ['ownr'] }] })
    const { out } = await validate(files.at('rules'))
    expect(out).toContain('[POLICY_UNKNOWN_KEY]')
    expect(out).not.toContain('[POLICY_VALUE_NOT_ALLOWED]')
  })

  test('of warnings fails nothing', async () => {
    files.writeContract('a', [RULE])
    writePolicies({
      policies: [
        { ...OWNED, severity: 'warning' },
        { ...OWNED, id: 'b', severity: 'info' },
      ],
    })
    const { exitCode, out } = await validate(files.at('rules'))
    expect(exitCode).toBe(0)
    expect(out).toContain('2 problems (1 warning, 1 note)')
  })

  test('waives up to a day, which can be given', async () => {
    files.writeContract('a', [RULE])
    const waiver = {
      policy: 'teams',
      contract: 'ads.ad-published',
      until: '2027-03-31',
      reason: 'They move.',
    }
    writePolicies({ policies: [OWNED], waivers: [waiver] })
    expect(await validate(files.at('rules'), '--today', '2027-03-31')).toMatchObject({ exitCode: 0 })
    const { exitCode, out } = await validate(files.at('rules'), '--today', '2027-04-01')
    expect(exitCode).toBe(2)
    expect(out).toContain('[WAIVER_EXPIRED]')
    expect(out).toContain('[POLICY_VALUE_NOT_ALLOWED]')
  })

  test('does not call a waiver unused because only some contracts are looked at', async () => {
    const path = files.writeContract('a', [RULE])
    const waiver = { policy: 'teams', contract: 'other', until: '2999-01-01', reason: 'They move.' }
    writePolicies({ policies: [{ ...OWNED, severity: 'info' }], waivers: [waiver] })
    expect((await validate(path)).out).not.toContain('[WAIVER_UNUSED]')
    expect((await validate(files.at('rules'))).out).toContain('[WAIVER_UNUSED]')
  })
})

test('the service says that contracts do not comply, and goes on', async () => {
  files.writeContract('a', [RULE])
  writePolicies({ policies: [OWNED] })
  const flags = ['--brokers', '127.0.0.1:1', '--broker-timeout', '1s', '--http', 'off', '--statsd', 'off']
  const args = [MAIN, 'run', '--rules', files.at('rules'), ...flags]
  const { exitCode, stderr } = await runToEnd(process.execPath, args)
  const lines = stderr
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines[0]).toMatchObject({
    level: 'warn',
    breaches: 1,
    first: expect.stringContaining('policy "teams"'),
  })
  expect(lines[1]).toMatchObject({ msg: 'Assay runs' })
  expect(exitCode).toBe(4)
})

describe('the layers of a policy file', () => {
  test('hold in all commands: a rule of the platform judges, and none stands in the way', async () => {
    files.writeContract('a', [RULE])
    writePolicies({
      policies: [OWNED],
      defaults: { rules: [{ id: 'small', assert: 'n < 10' }] },
      overrides: { rule: { severity: 'warning' } },
    })
    const events = files.write('events.ndjson', '{"n":-1}\n{"n":20}\n')
    const { exitCode, out } = await assay(['check', '--rules', files.at('rules'), events])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/ads\.ad-published +positive +1 +1/)
    expect(out).toMatch(/ads\.ad-published +small +1 +1/)
    expect(out).toContain('0 pass, 2 warn, 0 fail')
  })

  test('have schemas beside the policy file, and their mistakes are told once', async () => {
    files.writeContract('ads/a', [RULE])
    files.writeContract('ads/b', [RULE], { id: 'b' })
    files.write('rules/envelope.json', '{"typ":"object"}')
    writePolicies({ defaults: { rules: [{ id: 'envelope', schema: './envelope.json' }] } })
    const { out } = await validate(files.at('rules'))
    expect(out).toContain('envelope.json:1:2: rule "envelope" at ')
    expect(out).toContain('hint: Did you mean `type`?')
    expect(out).toContain('1 problem (1 error)')
  })
})
