import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Expressions as teams write them; `#` is another number in every rule, so that no two texts are the same. */
const EXPRESSIONS = [
  'ad.price.amount > #',
  'user.type = "pro" ? $exists(user.siret) : $length(user.name) > #',
  '$count(ad.images) <= #',
  'ad.price.currency in ["EUR", "CHF", "C#"]',
  '$toMillis(occurred_at) < $millis() + #',
  'location.lat >= 41 and location.lat <= 51.5 and location.lng >= -5.5 and location.lng <= #',
  '$length(ad.title) >= # and $contains(ad.title, /[a-z]{1,8}/i)',
  '$count(ad.attributes[key="year"]) = 1 and $number(ad.attributes[key="year"].value) > #',
  '$not(ad.status = "active#" and ad.category = "")',
  '$sum(ad.images.$length($)) < #',
  '$match(user.phone, /^\\+?[0-9 ]{6,20}$/).match != "#"',
  'payment.net + payment.fee = payment.gross - #',
]

const RULES_OF_A_CONTRACT = 20
/** Of which judge by a schema of the contract's own, and by one that all share. */
const SCHEMA_RULES = 2

/** Writes a tree of contracts with their schemas and a policy file, as a large organisation has them. */
export function writeRuleTree(folder: string, contracts: number): void {
  mkdirSync(join(folder, 'schemas'), { recursive: true })
  writeFileSync(join(folder, 'assay.policy.yaml'), POLICY)
  writeFileSync(join(folder, 'schemas/shared.schema.json'), schema(0))
  for (let index = 0; index < contracts; index += 1) {
    const domain = join(folder, `domain-${index % 25}`)
    mkdirSync(domain, { recursive: true })
    writeFileSync(join(domain, `flow-${index}.contract.yaml`), contract(index))
    writeFileSync(join(folder, `schemas/flow-${index}.schema.json`), schema(index))
  }
}

function contract(index: number): string {
  const assertions = Array.from({ length: RULES_OF_A_CONTRACT - SCHEMA_RULES }, (_, rule) =>
    assertion(index, rule),
  )
  return `apiVersion: assay/v1
id: domain-${index % 25}.flow-${index}
version: 1.0.0
topic: domain-${index % 25}.flow-${index}.v1
domain: domain-${index % 25}
owner: team-${index % 40}
description: What team ${index % 40} relies on in flow ${index}.
fields:
  user.phone: { pii: high }
  user.email: { pii: high }
rules:
  - id: own_shape
    description: The event has the shape that the service was built for.
    schema: ../schemas/flow-${index}.schema.json
  - id: shared_shape
    description: The event has the envelope of all events.
    schema: ../schemas/shared.schema.json
${assertions.join('')}`
}

function assertion(index: number, rule: number): string {
  const numbered = (text: string) => text.replaceAll('#', String(index * RULES_OF_A_CONTRACT + rule))
  const expression = EXPRESSIONS[(index + rule) % EXPRESSIONS.length] ?? ''
  const condition = rule % 3 === 0 ? `    when: ad.status = "active" and ad.version > ${index}.${rule}\n` : ''
  return `  - id: rule_${rule}
    description: What the service takes for granted, number ${rule}.
${condition}    assert: |
      ${numbered(expression)}
`
}

function schema(index: number): string {
  const text = { type: 'string', minLength: 1, maxLength: 200 + index }
  return JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      required: ['event_id', 'occurred_at', 'ad', 'user'],
      properties: {
        event_id: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
        occurred_at: { type: 'string', format: 'date-time' },
        ad: {
          type: 'object',
          required: ['id', 'title', 'price'],
          properties: {
            id: text,
            title: text,
            status: { enum: ['active', 'paused', 'sold'] },
            price: { type: 'object', properties: { amount: { type: 'number', minimum: 0 }, currency: text } },
            images: { type: 'array', items: { type: 'string', format: 'uri' }, maxItems: 10 },
          },
        },
        user: { type: 'object', properties: { id: text, email: text, phone: text, type: text } },
      },
    },
    undefined,
    2,
  )
}

const POLICY = `apiVersion: assay/v1
policies:
  - { id: versioned, pattern: { key: topic, matches: '\\.v[0-9]+$', says: versioned } }
  - { id: basics, require: [description, links.runbook, rules.description] }
  - { id: teams, pattern: { key: owner, matches: '^team-[0-9]+$', says: a team } }
  - { id: personal, classify: [email, phone, iban, passport] }
  - { id: few_rules, maxRules: 40 }
defaults:
  links: { runbook: "https://wiki.example.org/data-quality" }
`
