import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readTree } from '../../src/adapters/files/generated-files.ts'
import { EVERY_KIND } from '../generate/support.ts'
import { assay, Files } from './support.ts'

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

const ORDERS = 'contracts/shop.orders.rules.yaml'
const STOCK = 'contracts/warehouse.stock.rules.yaml'

function generate(...flags: readonly string[]) {
  return assay(['generate', 'prometheus', EVERY_KIND, '--out', files.at('out'), ...flags])
}

/** Of the folder that was written to. */
function read(path: string): string {
  return readFileSync(join(files.at('out'), path), 'utf8')
}

/** Changes a file by hand, and gives the number of the line. */
function edit(path: string, from: string, to: string): number {
  const text = read(path)
  files.write(`out/${path}`, text.replace(from, to))
  return text.slice(0, text.indexOf(from)).split('\n').length
}

test('writes files and says which; the second time there is nothing to write', async () => {
  const first = await generate()
  expect(first).toMatchObject({ exitCode: 0, err: '' })
  expect(first.out).toContain(`wrote ${ORDERS}\n`)
  expect((await generate()).out).toMatch(/: 0 written, 0 removed, 12 unchanged\n$/)
})

describe('--check', () => {
  beforeEach(() => generate())

  test('is content with what was written', async () => {
    const { exitCode, out, err } = await generate('--check')
    expect({ exitCode, out, err }).toEqual({
      exitCode: 0,
      out: `${files.at('out')}: 12 files are as the contracts say\n`,
      err: '',
    })
  })

  test('names each file that a hand has changed, by its line, and writes nothing', async () => {
    const bound = edit(ORDERS, '> 0.001 and', '> 0.5 and')
    const mapping = edit('statsd-exporter.mapping.yaml', 'ttl: 2m', 'ttl: 9m')
    const before = readTree(files.at('out'))
    const { exitCode, err } = await generate('--check')
    expect(exitCode).toBe(1)
    expect(err).toContain(`out/${ORDERS}:${bound} differs from what the contracts say [GENERATED_DIFFERS]`)
    expect(err).toContain(`out/statsd-exporter.mapping.yaml:${mapping} differs`)
    expect(err).toContain('2 problems (2 errors)')
    expect(readTree(files.at('out'))).toEqual(before)
  })

  test.each([
    ['lines that were added at the end', (text: string) => `${text}# mine\n`],
    ['lines that were taken from the end', (text: string) => text.slice(0, -20)],
    ['other ends of lines', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('sees %s', async (_, change) => {
    files.write(`out/${ORDERS}`, change(read(ORDERS)))
    const { exitCode, err } = await generate('--check')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/shop\.orders\.rules\.yaml:\d+ differs/)
  })

  test('names what is missing, and what is of a contract that is gone', async () => {
    rmSync(files.at(`out/${ORDERS}`))
    const shop = join(EVERY_KIND, 'shop')
    const { exitCode, err } = await assay([
      'generate',
      'prometheus',
      shop,
      '--out',
      files.at('out'),
      '--check',
    ])
    expect(exitCode).toBe(1)
    expect(err).toContain(`out/${ORDERS} is missing [GENERATED_MISSING]`)
    expect(err).toContain(`out/${STOCK} is of nothing that the contracts say any more [GENERATED_ORPHANED]`)
    expect(err).toContain('5 problems')
  })

  test('a folder that is not there lacks everything, and is not made', async () => {
    rmSync(files.at('out'), { recursive: true })
    const { exitCode, err } = await generate('--check')
    expect(exitCode).toBe(1)
    expect(err).toContain('12 problems')
    expect(readTree(files.at('out')).size).toBe(0)
  })

  test.each([
    ['another environment', ['--env', 'prod']],
    ['another retention', ['--retention', '24h']],
  ])('with %s the files differ', async (_, flags) => {
    expect((await generate('--check', ...flags)).exitCode).toBe(1)
  })
})

describe('what stands in the folder already', () => {
  test('what was made of a contract that is gone is removed; files of others stay', async () => {
    await generate()
    files.write('out/contracts/ours.rules.yaml', 'groups: []')
    const { out } = await assay([
      'generate',
      'prometheus',
      join(EVERY_KIND, 'shop'),
      '--out',
      files.at('out'),
    ])
    expect(out).toContain(`removed ${STOCK}\n`)
    expect(() => read(STOCK)).toThrow('ENOENT')
    expect(read('contracts/ours.rules.yaml')).toBe('groups: []')
  })

  test('what was made for another system stays as well', async () => {
    await assay(['generate', 'grafana', EVERY_KIND, '--out', files.at('out')])
    expect((await generate()).out).toContain('0 removed')
    expect(await generate('--check')).toMatchObject({ exitCode: 0 })
  })

  test('a file of somebody else in the way is told, and nothing is written', async () => {
    files.write(`out/${ORDERS}`, 'groups: []')
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toContain(`${ORDERS} [FILE_EXISTS]`)
    expect([...readTree(files.at('out')).keys()]).toEqual([ORDERS])
  })

  test('a link in the way is not written through', async () => {
    const elsewhere = files.write('elsewhere.yaml', 'mine')
    mkdirSync(files.at('out'))
    symlinkSync(elsewhere, files.at('out/recording.rules.yaml'))
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toContain('it is a link [OUTPUT_UNWRITABLE]')
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
  })

  test.each([
    ['a file in place of the folder', 'out'],
    ['a file in place of a folder within', 'out/contracts'],
  ])('%s', async (_, path) => {
    files.write(path, 'a file')
    const { exitCode, err } = await generate()
    expect(exitCode).toBe(2)
    expect(err).toMatch(/\[(?:OUTPUT_UNWRITABLE|INPUT_UNREADABLE)\]/)
    expect(err).not.toMatch(/^\s+at /m)
    expect(readFileSync(files.at(path), 'utf8')).toBe('a file')
  })
})

describe('refused', () => {
  test.each([
    ['no folder', [EVERY_KIND], "required option '--out <dir>' not specified"],
    ['an empty folder name', [EVERY_KIND, '--out'], "option '--out <dir>' argument missing"],
    ['a retention that is none', ['--out', 'x', '--retention', '7 days'], 'It must be a duration'],
    ['no contracts', ['/nowhere', '--out', 'x'], 'RULES_NOT_FOUND'],
  ])('%s', async (_, flags, says) => {
    const { exitCode, err } = await assay(['generate', 'prometheus', ...flags])
    expect(exitCode).toBe(2)
    expect(err).toContain(says)
  })

  test.each([[[]], [['--check']]])('contracts with mistakes: nothing is written %s', async (flags) => {
    const path = files.writeContract('bad', [{ id: 'a', assert: '(' }])
    const { exitCode, err } = await assay([
      'generate',
      'prometheus',
      path,
      '--out',
      files.at('out'),
      ...flags,
    ])
    expect(exitCode).toBe(2)
    expect(err).toContain('EXPRESSION_INVALID')
    expect(readTree(files.at('out')).size).toBe(0)
  })
})

function lint() {
  return assay(['generate', 'prometheus', '--lint', files.at('out')])
}

describe('--lint', () => {
  test('is content with what was written, without the contracts', async () => {
    await generate('--env', 'Prod')
    expect(await lint()).toMatchObject({
      exitCode: 0,
      out: `${files.at('out')}: 12 files, nothing to object to\n`,
    })
  })

  test('names file and place of what promtool takes and would never alarm', async () => {
    await generate()
    edit(ORDERS, 'dq_heartbeat_total', 'dq_heartbeats_total')
    const { exitCode, err } = await lint()
    expect(exitCode).toBe(1)
    expect(err).toMatch(
      /shop\.orders\.rules\.yaml \/groups\/0\/rules\/\d+\/expr: the catalogue has no metric dq_heartbeats_total \[GENERATED_FAULTY\]/,
    )
  })

  test('a folder without files', async () => {
    const { exitCode, err } = await lint()
    expect(exitCode).toBe(2)
    expect(err).toContain('no files are there')
  })
})
