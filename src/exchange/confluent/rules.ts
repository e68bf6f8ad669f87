import type { Severity } from '../../model/contract.ts'
import type { RuleDraft } from '../contract-draft.ts'
import type { ImportLog } from '../import-log.ts'
import { refusal } from '../jsonata-text.ts'
import { toRuleId, unused } from '../names.ts'
import type { Path } from '../path.ts'
import { isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** Reads the domain rules: conditions in JSONata become rules, and all others are listed. */
export function readDomainRules(rules: readonly unknown[], path: Path, log: ImportLog): readonly RuleDraft[] {
  const drafts: RuleDraft[] = []
  rules.forEach((rule, index) => {
    const at = [...path, index]
    const name = nameOf(rule, index)
    const reason = isMapping(rule) ? reasonAgainst(rule) : 'it is no rule: a rule is an object'
    if (!isMapping(rule) || reason !== undefined) {
      log.listed('rule', name, at, reason ?? '')
      return
    }
    const id = unused(toRuleId(name), new Set(drafts.map((draft) => draft.id)))
    drafts.push(toDraft(id, rule))
    log.imported('rule', name, at, id)
  })
  return drafts
}

/** Lists rules that are no promises about events. */
export function readOtherRules(rules: readonly unknown[], section: string, path: Path, log: ImportLog): void {
  const reason =
    section === 'migrationRules'
      ? 'it turns events of one version into another, and promises nothing about them'
      : 'it says how events are written, encrypted for instance'
  rules.forEach((rule, index) => log.listed('rule', nameOf(rule, index), [...path, index], reason))
}

function nameOf(rule: unknown, index: number): string {
  return (isMapping(rule) ? textOf(rule, 'name') : undefined) ?? `rule ${index + 1}`
}

function reasonAgainst(rule: Mapping): string | undefined {
  const type = textOf(rule, 'type') ?? 'of no type'
  if (textOf(rule, 'kind') === 'TRANSFORM') return 'it changes events (TRANSFORM), and Assay only reads them'
  if (type === 'CEL' || type === 'CEL_FIELD') {
    return `it is written in CEL (${type}), which Assay does not run; write it as an assertion in JSONata`
  }
  if (type !== 'JSONATA') return `Assay does not run rules of type ${type}`
  if (valueOf(rule, 'disabled') === true) return 'it is disabled'
  const expression = textOf(rule, 'expr')
  if (expression === undefined) return 'it has no `expr`'
  const refused = refusal(expression)
  return refused === undefined ? undefined : `as an assertion it is refused: ${refused}`
}

function toDraft(id: string, rule: Mapping): RuleDraft {
  return {
    id,
    description: textOf(rule, 'doc'),
    severity: severityOf(textOf(rule, 'onFailure')),
    assert: textOf(rule, 'expr'),
  }
}

/** `onFailure` may be a pair, for writing and for reading. A failure of which nothing comes is for information. */
function severityOf(action: string | undefined): Severity | undefined {
  const actions = action?.split(',').map((one) => one.trim()) ?? []
  return actions.length > 0 && actions.every((one) => one === 'NONE') ? 'info' : undefined
}
