import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from '../support.ts'
import type { Outcome } from '../support.ts'

/** Two teams rely on one topic. The lines of the rules are those that breaks are named with. */
export const SEARCH = `apiVersion: assay/v1
id: ads.search
version: 1.0.0
topic: ads.v1
domain: ads
owner: team-search
consumers: [indexer, mailer]
fields:
  seller.email: { pii: high }
rules:
  - id: price_is_positive
    assert: price.amount > 0
  - id: known_status
    assert: status in ["active", "paused", "sold"] and price.amount < 1e9
  - id: pro_has_siret
    when: seller.type = "pro"
    assert: $length(seller.siret) = 14
  - id: images_are_links
    assert: $count(images[$not($contains(url, "http"))]) = 0
  - id: recent
    assert: $toMillis(published_at) > 1000000
  - id: sold_is_dated
    when: status = "sold"
    assert: $exists(sold_at)
`

export const BILLING = `apiVersion: assay/v1
id: ads.billing
version: 1.0.0
topic: ads.v1
domain: ads
owner: team-billing
rules:
  - id: whole_id
    assert: ad_id > 0 and ad_id % 1 = 0
  - id: shape
    schema: ./billing.schema.json
`

/** What billing demands of an ad. */
export const BILLING_SCHEMA = {
  type: 'object',
  required: ['ad_id', 'price'],
  properties: {
    ad_id: { type: 'integer', minimum: 1 },
    price: {
      type: 'object',
      required: ['currency'],
      properties: { amount: { type: 'number' }, currency: { type: 'string' } },
    },
  },
}

/** A change that breaks nothing. */
export type Harmless<Schema> = readonly [what: string, change: (schema: Schema) => unknown]
/** A change with the breaks when it is compared with the schema of today, and those when it is judged alone, if they are others. */
export type Breaking<Schema> = readonly [
  ...Harmless<Schema>,
  breaks: readonly string[],
  alone?: readonly string[],
]

/** One break as a test names it: `severity contract rule line: message`. */
export interface Named {
  readonly severity: string
  readonly contract: string
  readonly rule: string | null
  readonly owner: string
  readonly consumers: readonly string[]
  readonly file: string
  readonly line: number
  readonly message: string
}

/** The rules of both teams in a folder, and schemas beside it. */
export function inFolder(): { readonly files: () => Files } {
  let files: Files
  beforeEach(() => {
    files = new Files()
    files.write('rules/search.contract.yaml', SEARCH)
    files.write('rules/billing.contract.yaml', BILLING)
    files.write('rules/billing.schema.json', JSON.stringify(BILLING_SCHEMA))
  })
  afterEach(() => files.remove())
  return { files: () => files }
}

/** Judges a proposed schema, compared with one of today if it is given. */
export async function against(
  files: Files,
  extension: string,
  proposed: string,
  today?: string,
): Promise<{ readonly exitCode: number; readonly named: readonly string[] }> {
  const args = ['validate', files.at('rules'), '--output', 'json']
  const base = today === undefined ? [] : ['--base', files.write(`base.${extension}`, today)]
  const file = files.write(`new.${extension}`, proposed)
  const { exitCode, out, err }: Outcome = await assay([...args, '--against', file, ...base])
  if (err !== '') throw new Error(err)
  const { breaks } = JSON.parse(out) as { breaks?: readonly Named[] }
  if (breaks === undefined) throw new Error(out)
  return {
    exitCode,
    named: breaks.map(({ severity, rule, line }) => `${severity} ${rule ?? 'fields'}:${line}`).toSorted(),
  }
}

/** Makes the tests of changes in one language of schemas. */
export function testChanges<Schema>(
  language: string,
  extension: string,
  today: () => Schema,
  toText: (schema: Schema) => string,
  { breaking, harmless }: { breaking: readonly Breaking<Schema>[]; harmless: readonly Harmless<Schema>[] },
): void {
  const folder = inFolder()
  const breaks = breaking.map(([what, change, compared, alone = compared]) => ({
    what,
    change,
    compared,
    alone,
  }))
  const propose = (change: Harmless<Schema>[1], base?: Schema) => {
    const schema = today()
    change(schema)
    return against(folder.files(), extension, toText(schema), base && toText(base))
  }

  describe(`${language}, compared with the schema of today`, () => {
    test.each(breaks)('$what', async ({ change, compared }) => {
      expect(await propose(change, today())).toEqual({ exitCode: 1, named: compared })
    })
    test.each(harmless)('harmless: %s', async (_, change) => {
      expect(await propose(change, today())).toEqual({ exitCode: 0, named: [] })
    })
  })

  describe(`${language}, judged alone`, () => {
    test.each(breaks)('$what', async ({ change, alone }) => {
      expect(await propose(change)).toEqual({ exitCode: alone.length === 0 ? 0 : 1, named: alone })
    })
    test.each(harmless)('harmless: %s', async (_, change) => {
      expect(await propose(change)).toEqual({ exitCode: 0, named: [] })
    })
  })
}
