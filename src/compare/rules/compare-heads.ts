import type { Contract } from '../../model/contract.ts'
import type { Detail } from '../../model/difference.ts'
import { directionOf } from '../direction.ts'
import { code, detail, metadata, moved } from '../wording.ts'

/** What differs between two versions of a contract outside of its rules. */
export function compareHeads(base: Contract, head: Contract): readonly Detail[] {
  return [
    ...changedIf('`topic`', base.topic, head.topic),
    ...changedIf('`format`', base.format, head.format),
    ...compareTombstones(base, head),
    ...compareValidity(base.promises.validity, head.promises.validity),
    ...compareFreshness(base.promises.freshness, head.promises.freshness),
    ...compareMetadata(base, head),
  ]
}

function changedIf(what: string, base: string, head: string): Detail[] {
  return base === head ? [] : detail('changed', `${what} ${moved(base, head)}`)
}

function compareTombstones(base: Contract, head: Contract): Detail[] {
  if (base.tombstones === head.tombstones) return []
  return head.tombstones === 'fail'
    ? detail('tightened', 'records without a value break the contract now (`tombstones: fail`)')
    : detail('loosened', 'records without a value are let be now (`tombstones: ignore`)')
}

type Validity = Contract['promises']['validity']
type Freshness = Contract['promises']['freshness']

function compareValidity(base: Validity, head: Validity): Detail[] {
  const [before, after] = [promised(base), promised(head)]
  if (!base || !head) return comeOrGone('`promises.validity`', before, after)
  // Which of two windows asks for more depends on how failures are spread over time.
  const window = changedIf('`promises.validity.window`', base.window, head.window)
  return [...compareObjectives('`promises.validity.objective`', base.objective, head.objective), ...window]
}

function compareFreshness(base: Freshness, head: Freshness): Detail[] {
  if (!base || !head) {
    return comeOrGone('`promises.freshness`', base && `${base.objective} %`, head && `${head.objective} %`)
  }
  return [
    ...compareObjectives('`promises.freshness.objective`', base.objective, head.objective),
    ...changedIf('`promises.freshness.rule`', base.rule, head.rule),
  ]
}

function promised(validity: Validity): string | undefined {
  return validity && `${validity.objective} % over ${validity.window}`
}

function comeOrGone(what: string, base: string | undefined, head: string | undefined): Detail[] {
  if (base === undefined && head === undefined) return []
  return detail(base === undefined ? 'tightened' : 'loosened', `${what} ${moved(base, head)}`)
}

function compareObjectives(what: string, base: number, head: number): Detail[] {
  return detail(directionOf(head >= base, head <= base), `${what} ${moved(`${base} %`, `${head} %`)}`)
}

function compareMetadata(base: Contract, head: Contract): Detail[] {
  return [
    ...metadata('`version`', base.version, head.version),
    ...metadata('`owner`', base.owner, head.owner),
    ...metadata('`domain`', base.domain, head.domain),
    ...metadata('`producer.team`', base.producer.team, head.producer.team),
    ...metadata('`producer.service`', base.producer.service, head.producer.service),
    ...metadata('`consumers`', base.consumers.join(', '), head.consumers.join(', ')),
    ...metadata('`description`', base.description, head.description),
    ...compareMaps('links', base.links, head.links),
    ...compareMaps('tags', base.tags, head.tags),
    ...compareMaps('fields', piiOf(base), piiOf(head)),
    ...metadata('`samples.fields`', base.samples.join(', '), head.samples.join(', ')),
  ]
}

function piiOf({ fields }: Contract): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([path, { pii }]) => [path, `pii: ${pii ?? 'none'}`]))
}

type Names = Readonly<Record<string, string>>

function compareMaps(what: string, base: Names, head: Names): Detail[] {
  const names = new Set([...Object.keys(base), ...Object.keys(head)])
  return [...names].flatMap((name) =>
    metadata(code(`${what}.${name}`), valueOf(base, name), valueOf(head, name)),
  )
}

function valueOf(map: Names, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}
