import type { CompiledRule, CompiledStreamRule } from '../evaluate/compiled.ts'
import type { FreshnessCheck, VolumeCheck } from '../model/contract.ts'
import type { RuleReport } from '../model/status-report.ts'
import { duration } from './standing.ts'

/** What a rule says of itself. */
export type RuleText = Omit<RuleReport, 'standing' | 'counts' | 'recent' | 'isSuspended'>

export function eventRuleText({ rule, check }: CompiledRule): RuleText {
  const { id, description, severity, dimension, mode } = rule
  const text = rule.check.kind === 'assert' ? rule.check.expression.text : rule.check.path.text
  return { id, description, severity, dimension, mode, check: check.kind, text, when: rule.when?.text }
}

export function streamRuleText({ rule }: CompiledStreamRule): RuleText {
  const { id, description, severity, dimension, mode, check } = rule
  const text = check.kind === 'freshness' ? freshnessText(check) : volumeText(check)
  return { id, description, severity, dimension, mode, check: check.kind, text, when: undefined }
}

function freshnessText({ withinMs, field }: FreshnessCheck): string {
  return `an event within ${duration(withinMs)}${byField(field)}`
}

function volumeText({ overMs, min, max, field }: VolumeCheck): string {
  const bounds = [
    min === undefined ? [] : `at least ${min}`,
    max === undefined ? [] : `at most ${max}`,
  ].flat()
  return `${bounds.join(' and ')} events in ${duration(overMs)}${byField(field)}`
}

function byField(field: FreshnessCheck['field']): string {
  return field === undefined ? '' : `, by ${field.text}`
}
