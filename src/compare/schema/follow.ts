import type { Documents, Place } from './documents.ts'
import { type Keywords, telling } from './telling.ts'

/** A reference that leads to a reference that leads to … is a mistake, if it goes on for longer than this. */
const MAX_STEPS = 50

/**
 * Makes a function that follows references until something is said, and gives undefined for one that leads nowhere. Keywords beside a
 * reference are put together with those that it leads to, where the two don't meet in one keyword.
 */
export function createFollower(documents: Documents): (place: Place) => Place | undefined {
  const known = new Map<object, Place>()
  return follow

  function follow(place: Place, steps = MAX_STEPS): Place | undefined {
    const { schema } = place
    const demands = telling(schema)
    if (typeof schema === 'boolean' || demands === false) return place
    const reference = demands['$ref']
    if (typeof reference !== 'string') return place
    if (steps === 0) return undefined
    const target = documents.resolve(reference, place)
    const end = target && follow(target, steps - 1)
    if (end === undefined || Object.keys(demands).length === 1) return end
    const together = known.get(schema) ?? join(place, demands, end)
    known.set(schema, together)
    return together
  }
}

function join(place: Place, demands: Keywords, target: Place): Place {
  const others = telling(target.schema)
  const own = Object.entries(demands).filter(([key]) => key !== '$ref')
  const meets = others === false || own.some(([key]) => Object.hasOwn(others, key))
  if (meets || target.document !== place.document) return place
  return { schema: { ...others, ...Object.fromEntries(own) }, document: place.document }
}
