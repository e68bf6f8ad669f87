import { stringify } from 'yaml'
import type { GeneratedFile } from '../../model/generated-file.ts'
import { promDuration } from '../promql/selectors.ts'
import type { AlertDraft } from './alert.ts'
import { SHORT_STEP_MS } from './bursts.ts'
import type { Recording } from './recordings.ts'
import type { Scenario } from './scenario.ts'
import { BRACES } from './texts.ts'

/** Stands in every file for Prometheus. */
export const PROMETHEUS_MARK = 'generated-by:assay/prometheus'

export const RECORDING_PATH = 'recording.rules.yaml'
export const MAPPING_PATH = 'statsd-exporter.mapping.yaml'

const HEAD = `# Made by Assay from the contracts: changes made here are lost. ${PROMETHEUS_MARK}\n`
/** Of recorded series. */
const RECORDING_GROUP = 'assay'
const MINUTE_MS = 60_000

export function recordingFile(recordings: readonly Recording[]): GeneratedFile {
  return yamlFile(RECORDING_PATH, { groups: [{ name: RECORDING_GROUP, rules: recordings }] })
}

/**
 * The rules of a subject, and beside them the tests which see each alert quiet, fired and resolved.
 *
 * @param recordings the file of the recorded series that alerts go by, seen from those files; undefined where none does
 */
export function alertFiles(
  place: string,
  group: string,
  alerts: readonly AlertDraft[],
  recordings?: string,
): GeneratedFile[] {
  const path = `${place}.rules.yaml`
  const own = path.slice(path.lastIndexOf('/') + 1)
  const steps = alerts.flatMap(({ scenarios }) => scenarios.map(({ stepMs }) => stepMs))
  const short = steps.filter((stepMs) => stepMs < SHORT_STEP_MS)
  return [
    yamlFile(path, { groups: [{ name: group, rules: alerts.map(ruleOf) }] }),
    yamlFile(`${place}.test.yaml`, {
      rule_files: recordings === undefined ? [own] : [recordings, own],
      evaluation_interval: promDuration(Math.min(MINUTE_MS, ...short)),
      ...(recordings === undefined ? {} : { group_eval_order: [RECORDING_GROUP, group] }),
      tests: testsOf(alerts),
    }),
  ]
}

function ruleOf(draft: AlertDraft): object {
  return {
    alert: draft.alert,
    expr: draft.expr,
    ...(draft.forMs === 0 ? {} : { for: promDuration(draft.forMs) }),
    labels: labelsOf(draft),
    annotations: draft.texts,
  }
}

function labelsOf({ labels, severity, check }: AlertDraft): Record<string, string> {
  const all = { ...labels, severity, dq_check: check }
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** One for each story. Alerts of one name that go by the same series, one for each team, fire together. */
function testsOf(alerts: readonly AlertDraft[]): object[] {
  const told = alerts.flatMap((draft) => draft.scenarios.map((scenario) => ({ draft, scenario })))
  const stories = Map.groupBy(told, ({ draft, scenario }) => `${draft.alert} ${JSON.stringify(scenario)}`)
  return [...stories.values()].flatMap((members) => {
    const [first] = members
    return first === undefined
      ? []
      : [
          testOf(
            first.draft,
            first.scenario,
            members.map(({ draft }) => firedAs(draft, first.scenario)),
          ),
        ]
  })
}

function firedAs(draft: AlertDraft, { labels, rendered }: Scenario): object {
  const texts = Object.entries<string>({ ...draft.texts })
  return {
    exp_labels: { ...labelsOf(draft), ...labels },
    exp_annotations: Object.fromEntries(texts.map(([name, text]) => [name, render(text, rendered)])),
  }
}

function testOf(
  { alert, check }: AlertDraft,
  { stepMs, series, moments }: Scenario,
  fired: readonly object[],
): object {
  return {
    name: `${alert} ${check}`,
    interval: promDuration(stepMs),
    input_series: series,
    alert_rule_test: moments.map(({ atMs, isFired }) => ({
      eval_time: promDuration(atMs),
      alertname: alert,
      exp_alerts: isFired ? fired : [],
    })),
  }
}

function render(text: string, rendered: Readonly<Record<string, string>>): string {
  const all = Object.entries({ ...rendered, [BRACES]: '{{' })
  return all.reduce((sum, [template, value]) => sum.replaceAll(template, () => value), text)
}

export function yamlFile(path: string, content: object): GeneratedFile {
  return { path, text: HEAD + stringify(content, { lineWidth: 0, aliasDuplicateObjects: false }) }
}
