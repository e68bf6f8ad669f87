import type { RemoteBody } from '../../../ports/datadog-api.ts'
import { sloPlaceholder } from '../monitors/burn.ts'
import { tagValues } from './wanted.ts'

const PLACEHOLDER = /"(slo:[^"]+)"/

/** What monitors call an objective. */
export function placeholderOf(slo: RemoteBody): string {
  return sloPlaceholder(
    tagValues('slo', slo, 'contract')[0] ?? '',
    tagValues('slo', slo, 'dq_check')[0] ?? '',
  )
}

/** The body with the ids of objectives that are known. */
export function withSloIds(body: RemoteBody, slos: ReadonlyMap<string, string>): RemoteBody {
  const query = String(body.query).replace(PLACEHOLDER, (whole, placeholder: string) => {
    const id = slos.get(placeholder)
    return id === undefined ? whole : `"${id}"`
  })
  return { ...body, query }
}

/** The objective that a monitor refers to and of which no id is known. */
export function missingSloOf({ query }: RemoteBody): string | undefined {
  return PLACEHOLDER.exec(String(query))?.[1]
}
