import { afterEach, beforeEach, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const RULE = { id: 'positive', assert: 'n > 0' }
const BROKERS = ['--brokers', '127.0.0.1:1']

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

/** `assay run` with the rules of this test: expected to be refused before anything starts. */
async function refusalOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { exitCode, out, err } = await assay(['run', '--rules', files.at('rules'), ...args], env)
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
  return err
}

test('without brokers nothing starts, with what to do', async () => {
  files.writeContract('a', [RULE])
  expect(await refusalOf([])).toMatch(/--brokers is missing \[CONFIG_MISSING\]\n {2}hint: .*KAFKA_BROKERS/)
})

test('all wrong settings are told at once, flags and variables by their names', async () => {
  const err = await refusalOf([...BROKERS, '--from', 'now', '--flush-interval', '10'], {
    ASSAY_HTTP: 'x',
    KAFKA_SASL_MECHANISM: 'plain',
  })
  for (const name of [
    '--from',
    '--flush-interval',
    'ASSAY_HTTP',
    'KAFKA_SASL_USERNAME',
    'KAFKA_SASL_PASSWORD',
  ])
    expect(err).toContain(`${name} must be`)
})

test('wrong rules are told, and nothing starts', async () => {
  files.writeContract('a', [{ id: 'wrong', assert: 'n >' }])
  expect(await refusalOf(BROKERS)).toContain('[EXPRESSION_INVALID]')
})

test.each([{ format: 'avro' }, { keyFormat: 'protobuf' }])('%j without a registry is told', async (head) => {
  files.writeContract('a', [RULE], head)
  const err = await refusalOf(BROKERS)
  expect(err).toMatch(
    /the records of topic "ads\.ad-published\.v1" can’t be read without a schema registry \[REGISTRY_MISSING\]/,
  )
  expect(err).toContain('hint: Set SCHEMA_REGISTRY_URL to its address.')
})

test('a folder without rules is told', async () => {
  expect(await refusalOf(BROKERS)).toContain('[RULES_NOT_FOUND]')
})

test('several domains need a choice, of those that are there', async () => {
  files.writeContract('a', [RULE])
  files.writeContract('b', [RULE], { id: 'b', domain: 'bids', topic: 'bids.v1' })
  expect(await refusalOf(BROKERS)).toContain('several domains: ads, bids [DOMAIN_UNCLEAR]')
  expect(await refusalOf([...BROKERS, '--domain', 'carts'])).toContain(
    'no contract belongs to the domain `carts`; known are ads, bids [DOMAIN_UNCLEAR]',
  )
})

test('a secret stands in no refusal', async () => {
  const err = await refusalOf([], {
    KAFKA_SASL_MECHANISM: 'none',
    KAFKA_SASL_USERNAME: 'u',
    KAFKA_SASL_PASSWORD: 'hunter2',
  })
  expect(err).toContain('KAFKA_SASL_MECHANISM')
  expect(err).not.toContain('hunter2')
})
