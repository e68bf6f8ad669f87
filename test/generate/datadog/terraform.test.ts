import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contractsBelow, datadogFiles, EVERY_KIND } from '../support.ts'
import { type Attribute, type Block, PROVIDER_SCHEMA } from './provider-schema.ts'

const EDGES = join(EVERY_KIND, '../generate-edges')
const FILES = datadogFiles([...contractsBelow(EVERY_KIND), ...contractsBelow(EDGES)], { env: 'prod' })

interface Module {
  readonly locals?: Readonly<Record<string, string>>
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>
}
type Body = Readonly<Record<string, unknown>>
interface Resource {
  readonly type: string
  readonly name: string
  readonly body: Body
}

const MODULES = [...FILES]
  .filter(([path]) => path.endsWith('.tf.json'))
  .map(([, text]) => JSON.parse(text) as Module)
const LOCALS: ReadonlyMap<string, string> = new Map(
  MODULES.flatMap(({ locals = {} }) => Object.entries(locals)),
)
const RESOURCES: readonly Resource[] = MODULES.flatMap(({ resource = {} }) =>
  Object.entries(resource).flatMap(([type, bodies]) =>
    Object.entries(bodies).map(([name, body]) => ({ type, name, body })),
  ),
)

/** What Terraform makes of an expression, as far as the generator writes any; `each` is the metric that a resource is made for. */
function valueOf(expression: unknown, each?: string): unknown {
  const [, inner] = /^\$\{(.*)\}$/s.exec(String(expression)) ?? []
  if (inner === undefined) throw new Error(`${String(expression)} is no expression`)
  const [, whole] = /^file\("\$\{path\.module\}\/([^"]+)"\)$/.exec(inner) ?? []
  if (whole !== undefined) return textAt(whole)
  const [, tried] = /^try\((.+), null\)$/.exec(inner) ?? []
  const [, replaced, placeholder, slo] =
    /^replace\((.+), "(.+)", datadog_service_level_objective\.(.+)\.id\)$/.exec(inner) ?? []
  if (replaced === undefined || placeholder === undefined) return read(tried ?? inner, each)
  expect(RESOURCES).toContainEqual(
    expect.objectContaining({ type: 'datadog_service_level_objective', name: slo }),
  )
  return String(read(replaced, each)).replaceAll(placeholder, 'ID')
}

function read(reference: string, each?: string): unknown {
  if (reference === 'each.key') return each
  const [, name = '', steps = ''] = /^local\.(\w+)((?:\.\w+|\[\d+\]|\[each\.key\])+)$/.exec(reference) ?? []
  const [, path] =
    /^\$\{jsondecode\(file\("\$\{path\.module\}\/([^"]+)"\)\)\}$/.exec(LOCALS.get(name) ?? '') ?? []
  if (path === undefined) throw new Error(`${reference} reads no file`)
  const keys = [...steps.matchAll(/each\.key|\w+/g)].map(([key]) => (key === 'each.key' ? (each ?? '') : key))
  return keys.reduce((value: unknown, key) => (value as Body | undefined)?.[key], JSON.parse(textAt(path)))
}

function textAt(path: string): string {
  const text = FILES.get(path)
  if (text === undefined) throw new Error(`${path} is not generated`)
  return text
}

/** What the provider would refuse in a block: names that it does not know, that are missing, or values of another kind. */
function objectionsTo(block: Block, body: Body, at: string, each?: string): string[] {
  const required = Object.keys(block).filter((name) => name.endsWith('!') && !(name.slice(0, -1) in body))
  const missing = required.map((name) => `${at}/${name} is missing`)
  const wrong = Object.entries(body).flatMap(([name, value]) => {
    const attribute = block[name] ?? block[`${name}!`]
    if (attribute === undefined) return [`${at}/${name} is unknown`]
    return objectionsToValue(attribute, value, `${at}/${name}`, each)
  })
  return [...missing, ...wrong]
}

function objectionsToValue(attribute: Attribute, value: unknown, at: string, each?: string): string[] {
  if (typeof attribute !== 'string') {
    if (typeof value !== 'object' || value === null) return [`${at} is no block`]
    const isList = Array.isArray(attribute)
    if (isList !== Array.isArray(value)) return [`${at} stands ${isList ? 'once' : 'several times'}`]
    const block = (isList ? attribute[0] : attribute) as Block
    return [value].flat().flatMap((each_) => objectionsTo(block, each_ as Body, at, each))
  }
  const found = valueOf(value, each)
  const isOptional = found === undefined && String(value).startsWith('${try(')
  return isOptional || isOf(attribute, found) ? [] : [`${at} is ${JSON.stringify(found)}, not ${attribute}`]
}

function isOf(attribute: 'text' | 'number' | 'switch' | 'texts', value: unknown): boolean {
  switch (attribute) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number'
    case 'number':
      return typeof value === 'number'
    case 'switch':
      return typeof value === 'boolean'
    case 'texts':
      return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
  }
}

test.each(Object.keys(PROVIDER_SCHEMA))('%s is written as the provider knows it', (type) => {
  const ours = RESOURCES.filter((resource) => resource.type === type)
  expect(ours.length).toBeGreaterThan(0)
  for (const { name, body } of ours) {
    const { count: _, for_each: each, ...fields } = body
    const metrics = each === undefined ? [undefined] : metricNames()
    for (const metric of metrics) {
      expect(objectionsTo(PROVIDER_SCHEMA[type] ?? {}, fields, `${type}.${name}`, metric)).toEqual([])
    }
  }
})

function metricNames(): string[] {
  return Object.keys((JSON.parse(textAt('metrics.tags.json')) as { metrics: Body }).metrics)
}

test('there are no other resources, and each file is read by one', () => {
  expect([...new Set(RESOURCES.map(({ type }) => type))].sort()).toEqual(Object.keys(PROVIDER_SCHEMA).sort())
  const texts = [...FILES].filter(([path]) => !path.endsWith('.tf.json')).map(([path]) => path)
  expect(RESOURCES.length).toBe(texts.length)
})

test('monitors say what their files say, and objectives have got their ids', () => {
  const queries = RESOURCES.filter(({ type }) => type === 'datadog_monitor').map(({ body }) => body.query)
  const plain = queries.map((query) => String(valueOf(query)))
  const files = [...FILES].filter(([path]) => path.endsWith('.monitor.json'))
  const wanted = files.map(([, text]) => (JSON.parse(text) as { query: string }).query)
  expect(plain.sort()).toEqual(wanted.map((query) => query.replace(/slo:[^"]+/, 'ID')).sort())
  expect(plain.filter((query) => query.includes('("ID")')).length).toBeGreaterThan(5)
})

test('what is the same for all environments can be left to one of them, and metrics are asked for', () => {
  const counted = RESOURCES.filter(({ body }) => body.count === '${var.shared ? 1 : 0}')
  expect([...new Set(counted.map(({ type }) => type))].sort()).toEqual([
    'datadog_dashboard_json',
    'datadog_software_catalog',
  ])
  const asked = RESOURCES.filter(({ body }) => body.for_each === '${var.metrics}')
  expect(asked.map(({ type }) => type).sort()).toEqual([
    'datadog_metric_metadata',
    'datadog_metric_tag_configuration',
  ])
})

/** By type and name, of a contract that others stand beside. */
function addressesOfOrders(files: ReadonlyMap<string, string>): string[] {
  const { resource = {} } = JSON.parse(files.get('contract.shop.orders.tf.json') ?? '{}') as Module
  return Object.entries(resource).flatMap(([type, bodies]) =>
    Object.keys(bodies).map((name) => `${type}.${name}`),
  )
}

test('a contract more changes no address of what is there', () => {
  const all = contractsBelow(EVERY_KIND)
  const alone = addressesOfOrders(datadogFiles(all.filter(({ id }) => id === 'shop.orders')))
  expect(alone.length).toBeGreaterThan(10)
  expect(addressesOfOrders(datadogFiles(all))).toEqual(alone)
})
