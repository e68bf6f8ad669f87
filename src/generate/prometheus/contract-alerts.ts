import { boundsOf } from '../bounds.ts'
import { objectivesOf } from '../objectives.ts'
import type { AlertDraft } from './alert.ts'
import type { Alerting } from './alerting.ts'
import { burnAlerts } from './burn-alerts.ts'
import { brokenAlert, deadAlert, suspendedAlert } from './checker-alerts.ts'
import { boundAlert, validityAlert } from './share-alerts.ts'
import { freshnessAlerts, notAppliedAlert, volumeAlert } from './stream-alerts.ts'

/** Everything that can go wrong with a contract, its rules or who watches them. */
export function contractAlerts(it: Alerting): AlertDraft[] {
  return [
    ...validityAlert(it),
    ...boundsOf(it.contract).flatMap((bound) => boundAlert(it, bound)),
    ...freshnessAlerts(it),
    ...volumeAlert(it),
    ...notAppliedAlert(it),
    deadAlert(it),
    brokenAlert(it),
    suspendedAlert(it),
    ...objectivesOf(it.contract).flatMap((objective) => burnAlerts(it, objective)),
  ]
}
