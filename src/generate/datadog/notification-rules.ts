import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { GenerateSettings } from '../settings.ts'
import type { Json } from '../to-json.ts'
import { envFilter } from '../watched.ts'

/**
 * Who is told of what the monitors of a team find: one rule for each team, instead of a handle in every message. Each environment has its
 * own, for they share one account: trying out recipients in one must not move the alarms of another.
 */
export function notificationRule(team: string, settings: GenerateSettings): Json {
  const { env } = envFilter(settings)
  const tags = [GENERATED_MARK, `team:${team}`, ...(env === undefined ? [] : [`env:${env}`])]
  return {
    data: {
      type: 'monitor-notification-rule',
      attributes: {
        name: `Assay: monitors of ${team}${env === undefined ? '' : ` in ${env}`}`,
        filter: { tags: tags.sort() },
        recipients: settings.recipients.map((recipient) => recipient.replaceAll('{team}', team)),
      },
    },
  }
}
