import jsonata from '#jsonata-sync'
import type { Override, Site } from './site.ts'

const { overwritePlace, completePlace } = jsonata.internals

/** Says that an error arose at an operator. */
export function atOperator(error: unknown, { position, token, override }: Site): unknown {
  if (typeof error !== 'object' || error === null) return error
  overwritePlace(error, position, token)
  if (override !== undefined) overwritePlace(error, override.position, override.token)
  return error
}

/** Says that an error arose in a call, unless it has a place already. */
export function atCall(error: unknown, { position, token, override }: Site): unknown {
  if (typeof error !== 'object' || error === null) return error
  completePlace(error, position, token)
  if (override !== undefined) overwritePlace(error, override.position, override.token)
  return error
}

/** Errors of `compute` stand at an operator around it; those without a place are first said to stand at the closest one. */
export function overridden(compute: () => unknown, { position, token, closest }: Override): unknown {
  try {
    return compute()
  } catch (error) {
    if (typeof error !== 'object' || error === null) throw error
    if (!('position' in error) || error.position === undefined)
      overwritePlace(error, closest.position, closest.token)
    overwritePlace(error, position, token)
    throw error
  }
}
