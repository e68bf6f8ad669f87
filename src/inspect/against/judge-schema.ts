import type { ReadReference } from '../../evaluate/schema-documents.ts'
import { syntaxTree } from '../../expression/index.ts'
import type { Contract, Rule } from '../../model/contract.ts'
import type { Location } from '../../model/problem.ts'
import type { SchemaBreak } from '../../model/schema-break.ts'
import { demandedType, SchemaTypes } from '../event-type.ts'
import type { EventSchema } from '../event-type.ts'
import type { TreeOf } from '../inspect-rule.ts'
import { isNever } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { effectsOnRule } from './broken-rule.ts'
import type { Evidence, LocatedEffect } from './effect.ts'
import { fieldAt } from './field-at.ts'
import { misfits } from './misfits.ts'
import type { Misfit } from './misfits.ts'

/** A contract with what its events are written by. */
export interface ContractUnderChange {
  readonly contract: Contract
  /** Where the paths under `fields` stand. */
  readonly fieldsAt: ReadonlyMap<string, Location>
  /** The schema of today; undefined if there is none, or none is known. */
  readonly today: EventSchema | undefined
  readonly proposed: EventSchema
  /** Whether a schema rule of the contract is the proposed schema itself: then it says nothing of today. */
  readonly isOwn: boolean
}

/** What a proposed schema would do to the rules of contracts that it does not do today. */
export function judgeSchema(contracts: readonly ContractUnderChange[], read: ReadReference): SchemaBreak[] {
  const schemas = new SchemaTypes(read)
  const trees = new Map<string, ReturnType<TreeOf>>()
  const treeOf: TreeOf = (source) => {
    if (!trees.has(source)) trees.set(source, syntaxTree(source))
    return trees.get(source)
  }
  return contracts.flatMap((one) => breaksOf(one, schemas, treeOf))
}

function breaksOf(under: ContractUnderChange, schemas: SchemaTypes, treeOf: TreeOf): SchemaBreak[] {
  const { contract, today, proposed, isOwn } = under
  const type = schemas.typeOfSchema(proposed)
  if (type === undefined || isNever(type)) return []
  const own = isOwn ? undefined : demandedType(contract, schemas)
  const written = today && schemas.typeOfSchema(today)
  const evidence: Evidence = { today: written ?? own, isWhole: written !== undefined, proposed: type }
  const breaks = contract.rules.flatMap((rule) =>
    [...effectsOnRule(rule, evidence, treeOf), ...effectsOnSchema(rule, written, type, schemas)].map(
      (effect) => toBreak(contract, rule, effect),
    ),
  )
  return [...breaks, ...lostPaths(under, written, type)]
}

function toBreak({ id, owner, consumers }: Contract, rule: Rule, effect: LocatedEffect): SchemaBreak {
  const code = effect.severity === 'error' ? 'SCHEMA_BREAKS_RULE' : 'SCHEMA_CONCERNS_RULE'
  return { contract: id, rule: rule.id, owner, consumers, code, ...effect }
}

/** What a schema rule refuses of the events that the proposed schema allows, and not of those of today. */
function effectsOnSchema(
  { check, when }: Rule,
  today: Type | undefined,
  proposed: Type,
  schemas: SchemaTypes,
): LocatedEffect[] {
  const demanded = check.kind === 'schema' ? schemas.typeOf(check.path) : undefined
  if (check.kind !== 'schema' || demanded === undefined || isNever(demanded)) return []
  const before = new Set(today ? misfits(demanded, today).map(keyOf) : [])
  // Judged alone, a schema is not blamed for what a consumer knows better.
  const isTold = ({ weight }: Misfit) =>
    today !== undefined || weight === 'all' || (weight === 'some' && when === undefined)
  const found = misfits(demanded, proposed).filter((misfit) => !before.has(keyOf(misfit)) && isTold(misfit))
  return [...Map.groupBy(found, ({ path }) => path)].map(([path, of]) => ({
    severity: 'error',
    message: `${path === '' ? 'the event' : `\`${path}\``} ${of.map(({ text }) => text).join(', and ')}, which the schema of the rule does not allow`,
    hint: `Let ${check.path.text} admit it, or keep what the producer's schema said.`,
    at: check.path.locate(),
  }))
}

function keyOf({ path, text }: { readonly path: string; readonly text: string }): string {
  return `${path} ${text}`
}

/** Paths under `fields` that events would no longer have: what is masked by them would be shown under its new name. */
function lostPaths(
  { contract, fieldsAt }: ContractUnderChange,
  today: Type | undefined,
  proposed: Type,
): SchemaBreak[] {
  return [...fieldsAt].flatMap(([path, at]) => {
    const names = path.split('.')
    const isKnown = today === undefined || fieldAt(today, names)?.standing === 'described'
    const after = fieldAt(proposed, names)
    const isLost = after !== undefined && after.standing !== 'described' && after.standing !== 'open'
    const isCertain = today !== undefined || after?.standing === 'excluded'
    if (!isKnown || !isLost || !isCertain) return []
    const { id, owner, consumers } = contract
    const message = `\`fields\` names \`${path}\`, which would be gone: under another name its values would no longer be masked`
    const hint = 'Keep the field, or name the new one under `fields` before it is written.'
    const code = 'SCHEMA_LOSES_FIELD'
    return [{ contract: id, rule: undefined, owner, consumers, code, severity: 'error', message, hint, at }]
  })
}
