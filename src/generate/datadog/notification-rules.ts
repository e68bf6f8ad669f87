import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { Json } from '../to-json.ts'

/** Who is told of what the monitors of a team find: one rule for each team, instead of a handle in every message. */
export function notificationRule(team: string, recipients: readonly string[]): Json {
  return {
    data: {
      type: 'monitor-notification-rule',
      attributes: {
        name: `Assay: monitors of ${team}`,
        filter: { tags: [GENERATED_MARK, `team:${team}`].sort() },
        recipients: recipients.map((recipient) => recipient.replaceAll('{team}', team)),
      },
    },
  }
}
