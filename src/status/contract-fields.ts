import type { CompiledContract, CompiledRule } from '../evaluate/compiled.ts'
import { fieldMentions } from '../expression/index.ts'
import type { FieldReport } from '../model/status-report.ts'
import { FieldMasks } from './field-masks.ts'

/** The fields that a contract names: those that it describes, those of its schemas and those that its rules read. Sorted. */
export function contractFields({ contract, rules }: CompiledContract): FieldReport[] {
  const masks = new FieldMasks(contract)
  const read = rules.flatMap(readBy).filter(({ isAbsolute }) => isAbsolute)
  const named = read.map(({ path }) => path.join('.'))
  const paths = new Set([...Object.keys(contract.fields), ...contract.samples, ...named])
  return [...paths].toSorted().map((path) => {
    const names = path.split('.')
    const isShown = masks.isAllowed(names) && masks.visibility(names) !== 'hidden'
    return { path, pii: undefined, description: undefined, ...contract.fields[path], isShown }
  })
}

interface FoundPath {
  readonly path: readonly string[]
  readonly isAbsolute: boolean
}

function readBy({ rule, check }: CompiledRule): readonly FoundPath[] {
  const mentions = rule.when === undefined ? [] : fieldMentions(rule.when.text)
  if (check.kind === 'schema') return [...mentions, ...check.fields]
  return [...mentions, ...fieldMentions(check.expression.source)]
}
