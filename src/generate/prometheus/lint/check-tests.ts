import type { Report } from '../../finding.ts'
import { type AlertJson, type GroupsJson, rulesOf, type TestsJson } from './file.ts'

type AlertTest = TestsJson['tests'][number]['alert_rule_test'][number]

/** Each alert is seen quiet, and fired with the labels that it has; promtool is content with no test at all. */
export function checkTests(
  rules: GroupsJson<AlertJson>,
  { tests }: Pick<TestsJson, 'tests'>,
  reportRule: Report,
  reportTest: Report,
): void {
  const all = tests.flatMap((each) => each.alert_rule_test)
  const isQuiet = new Set(
    all.filter(({ exp_alerts: fired }) => fired.length === 0).map((each) => each.alertname),
  )
  const alerts = rulesOf(rules)
  for (const { rule, at } of alerts) {
    if (!all.some((each) => firesAs(each, rule))) reportRule(at, `no test sees ${rule.alert} fire`)
    if (!isQuiet.has(rule.alert)) reportRule(at, `no test sees ${rule.alert} quiet`)
  }
  for (const [index, { alert_rule_test: each }] of tests.entries())
    for (const { alertname } of each)
      if (!alerts.some(({ rule }) => rule.alert === alertname))
        reportTest(`/tests/${index}`, `no alert ${alertname} is beside it`)
}

function firesAs({ alertname, exp_alerts: fired }: AlertTest, { alert, labels }: AlertJson): boolean {
  return (
    alertname === alert &&
    fired.some(({ exp_labels: told }) =>
      Object.entries(labels).every(([label, value]) => told[label] === value),
    )
  )
}
