import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../generate/support.ts'
import { assay, Files } from './support.ts'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

function generate(...flags: readonly string[]) {
  return assay(['generate', 'datadog', EVERY_KIND, '--out', files.at('out'), ...flags])
}

/** Of the folder that was written to. */
function read(path: string): string {
  return readFileSync(join(files.at('out'), path), 'utf8')
}

const COUNT = datadogFiles(contractsBelow(EVERY_KIND)).size
const VALIDITY = 'contracts/shop.orders/validity.monitor.json'

test('writes files and says which; the second time there is nothing to write', async () => {
  const first = await generate()
  expect(first).toMatchObject({ exitCode: 0, err: '' })
  expect(first.out).toContain(`wrote ${VALIDITY}\n`)
  expect((await generate()).out).toBe(`${files.at('out')}: 0 written, 0 removed, ${COUNT} unchanged\n`)
})

describe('--check', () => {
  beforeEach(() => generate())

  test('is content with what was written, and writes nothing', async () => {
    expect(await generate('--check')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(`${COUNT} files are as`) as string,
    })
  })

  test('names each file that differs, is missing or is orphaned', async () => {
    files.write(`out/${VALIDITY}`, read(VALIDITY).replace('"priority": 2', '"priority": 3'))
    rmSync(files.at('out/metrics.tags.json'))
    files.write('out/contracts/shop.gone/validity.monitor.json', '{"tags": ["managed-by:assay"]}')
    const { exitCode, err } = await generate('--check')
    expect(exitCode).toBe(1)
    expect(err).toContain(`${VALIDITY}:22 differs from what the contracts say [GENERATED_DIFFERS]`)
    expect(err).toContain('out/metrics.tags.json is missing [GENERATED_MISSING]')
    expect(err).toContain(
      'shop.gone/validity.monitor.json is of nothing that the contracts say any more [GENERATED_ORPHANED]',
    )
    expect(err).toContain('3 problems (3 errors)')
  })

  test.each([
    ['another environment', ['--env', 'prod']],
    ['another retention', ['--retention', '24h']],
    ['other recipients', ['--recipient', 'slack-{team}']],
  ])('with %s the files differ', async (_, flags) => {
    expect((await generate('--check', ...flags)).exitCode).toBe(1)
  })

  test('a folder that is not there lacks everything', async () => {
    rmSync(files.at('out'), { recursive: true })
    const { exitCode, err } = await generate('--check')
    expect(exitCode).toBe(1)
    expect(err).toContain(`${COUNT} problems`)
  })
})

describe('what stands in the folder already', () => {
  test('what was made of a contract that is gone is removed, with its folder', async () => {
    await generate()
    const { out } = await assay(['generate', 'datadog', join(EVERY_KIND, 'shop'), '--out', files.at('out')])
    expect(out).toContain('removed contracts/warehouse.stock/validity.monitor.json\n')
    expect(() => read('contracts/warehouse.stock/validity.monitor.json')).toThrow('ENOENT')
    expect(out).not.toContain('removed contracts/shop.orders/')
  })

  test('files of others are never touched', async () => {
    files.write('out/notes.json', '{"by": "hand"}')
    files.write('out/contracts/shop.orders/README.md', 'ours')
    files.write('out/.terraform.lock.hcl', 'managed-by:assay')
    expect(await generate()).toMatchObject({ exitCode: 0 })
    expect(await generate('--check')).toMatchObject({ exitCode: 0 })
    expect([read('notes.json'), read('contracts/shop.orders/README.md')]).toEqual(['{"by": "hand"}', 'ours'])
  })

  test.each(['terraform.tfstate', 'terraform.tfstate.backup', 'terraform.tfstate.d/prod/terraform.tfstate'])(
    'the state of Terraform is never touched, though it speaks of what is generated: %s',
    async (path) => {
      await generate()
      files.write(`out/${path}`, '{"resources": "managed-by:assay"}')
      expect(await generate()).toMatchObject({ exitCode: 0 })
      expect(await generate('--check')).toMatchObject({ exitCode: 0 })
      expect(await assay(['generate', 'datadog', '--lint', files.at('out')])).toMatchObject({ exitCode: 0 })
      expect(read(path)).toBe('{"resources": "managed-by:assay"}')
    },
  )

  test('a file of somebody else in the way is told, and nothing is written', async () => {
    files.write(`out/${VALIDITY}`, '{"by": "hand"}')
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toContain(`${VALIDITY} [FILE_EXISTS]`)
    expect(read(VALIDITY)).toBe('{"by": "hand"}')
    expect(() => read('metrics.tags.json')).toThrow('ENOENT')
  })

  test('a link in the way is not written through', async () => {
    const elsewhere = files.write('elsewhere.json', 'mine')
    mkdirSync(files.at('out'))
    symlinkSync(elsewhere, files.at('out/metrics.tags.json'))
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toContain('it is a link [OUTPUT_UNWRITABLE]')
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
  })

  test('a file in place of the folder', async () => {
    files.write('out', 'a file')
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toMatch(/OUTPUT_UNWRITABLE|INPUT_UNREADABLE/)
  })
})

describe('--lint', () => {
  test('is content with what was written, without the contracts', async () => {
    await generate()
    const { exitCode, out } = await assay(['generate', 'datadog', '--lint', files.at('out')])
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: `${files.at('out')}: ${COUNT} files, nothing to object to\n`,
    })
  })

  test('names file and place of what Datadog would refuse', async () => {
    await generate()
    files.write(`out/${VALIDITY}`, read(VALIDITY).replace('"critical": 0.1', '"critical": 0.2'))
    const { exitCode, err } = await assay(['generate', 'datadog', '--lint', files.at('out')])
    expect(exitCode).toBe(1)
    expect(err).toContain(
      `${VALIDITY} /options/thresholds/critical: is 0.2, and the query says 0.1 [GENERATED_FAULTY]`,
    )
  })

  test('a folder without files', async () => {
    const { exitCode, err } = await assay(['generate', 'datadog', '--lint', files.at('nothing')])
    expect(exitCode).toBe(2)
    expect(err).toContain('no files are there')
  })
})

describe('refused', () => {
  test.each([
    ['no folder', ['generate', 'datadog', EVERY_KIND], "required option '--out <dir>' not specified"],
    ['an unknown target', ['generate', 'datadgo'], "unknown command 'datadgo'"],
    [
      'a retention that is none',
      ['generate', 'datadog', '--out', 'x', '--retention', '7 days'],
      'It must be a duration',
    ],
    ['no contracts', ['generate', 'datadog', '/nowhere', '--out', 'x'], 'RULES_NOT_FOUND'],
  ])('%s', async (_, args, says) => {
    const { exitCode, err } = await assay(args)
    expect(exitCode).toBe(2)
    expect(err).toContain(says)
  })

  test('contracts with mistakes: nothing is written', async () => {
    const path = files.writeContract('bad', [{ id: 'a', assert: '(' }])
    const { exitCode, err } = await assay(['generate', 'datadog', path, '--out', files.at('out')])
    expect(exitCode).toBe(2)
    expect(err).toContain('EXPRESSION_INVALID')
    expect(() => read('metrics.tags.json')).toThrow('ENOENT')
  })
})

test('an environment narrows monitors and objectives, and leaves dashboards as they are for all', async () => {
  await generate()
  const board = read('contracts/shop.orders/contract.dashboard.json')
  await generate('--env', 'Prod EU')
  expect(read(VALIDITY)).toContain('env:prod_eu')
  expect(read('contracts/shop.orders/validity.slo.json')).toContain(
    'contract:shop.orders AND env:prod_eu AND result',
  )
  expect(read('contracts/shop.orders/contract.dashboard.json')).toBe(board)
  expect((await assay(['generate', 'datadog', '--lint', files.at('out')])).exitCode).toBe(0)
})

test('recipients are named by the team', async () => {
  await generate('--recipient', 'slack-{team}-alerts', 'oncall')
  const { data } = JSON.parse(read('teams/team-billing.notification-rule.json')) as {
    data: { attributes: object }
  }
  expect(data.attributes).toMatchObject({
    filter: { tags: ['managed-by:assay', 'team:team-billing'] },
    recipients: ['slack-team-billing-alerts', 'oncall'],
  })
})

function grafana(...flags: readonly string[]) {
  return assay(['generate', 'grafana', EVERY_KIND, '--out', files.at('out'), ...flags])
}

describe('for Grafana', () => {
  const BOARD = 'contracts/shop.orders.dashboard.json'

  test('the folder is as the contracts say, and nothing is objected to', async () => {
    await grafana()
    expect(await grafana('--check')).toMatchObject({ exitCode: 0, err: '' })
    const { exitCode, out } = await assay(['generate', 'grafana', '--lint', files.at('out')])
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('nothing to object to') as string,
    })
  })

  test('--check names the file that a hand has changed, and --lint says what is wrong with it', async () => {
    await grafana()
    files.write(`out/${BOARD}`, read(BOARD).replace('dq_heartbeat_total', 'dq_heartbeats_total'))
    const checked = await grafana('--check')
    expect(checked.exitCode).toBe(1)
    expect(checked.err).toMatch(
      /shop\.orders\.dashboard\.json:\d+ differs from what the contracts say \[GENERATED_DIFFERS\]/,
    )
    const linted = await assay(['generate', 'grafana', '--lint', files.at('out')])
    expect(linted.exitCode).toBe(1)
    expect(linted.err).toContain('the catalogue has no metric dq_heartbeats_total')
  })

  test('a dashboard of somebody else stays, and one of a contract that is gone goes', async () => {
    files.write('out/own.json', '{"title": "ours"}')
    await grafana()
    const { out } = await assay(['generate', 'grafana', join(EVERY_KIND, 'shop'), '--out', files.at('out')])
    expect(out).toContain('removed contracts/warehouse.stock.dashboard.json')
    expect(read('own.json')).toBe('{"title": "ours"}')
  })
})
