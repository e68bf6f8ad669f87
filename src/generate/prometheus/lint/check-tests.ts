import type { Report } from '../../finding.ts'
import { type AlertJson, type GroupsJson, lengthMs, rulesOf, type TestsJson } from './file.ts'

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
    else if (!tests.some((test) => tellsAll(test.alert_rule_test, rule)))
      reportRule(at, `no test sees ${rule.alert} quiet, then fired, and then resolved`)
  }
  for (const [index, { alert_rule_test: each }] of tests.entries())
    for (const { alertname } of each)
      if (!alerts.some(({ rule }) => rule.alert === alertname))
        reportTest(`/tests/${index}`, `no alert ${alertname} is beside it`)
}

/** Whether a test is the whole story of an alert, in time. */
function tellsAll(moments: readonly AlertTest[], rule: AlertJson): boolean {
  const story = moments
    .filter(({ alertname }) => alertname === rule.alert)
    .toSorted((one, other) => lengthMs(one.eval_time) - lengthMs(other.eval_time))
    .map((moment) => (moment.exp_alerts.length === 0 ? 'quiet' : firesAs(moment, rule) ? 'fired' : 'other'))
  return /quiet (?:fired )+quiet/.test(story.join(' '))
}

function firesAs({ alertname, exp_alerts: fired }: AlertTest, { alert, labels }: AlertJson): boolean {
  return (
    alertname === alert &&
    fired.some(({ exp_labels: told }) =>
      Object.entries(labels).every(([label, value]) => told[label] === value),
    )
  )
}
