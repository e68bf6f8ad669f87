import jsonata from '#jsonata-sync'

/** JSONata's functions by name, as values of an expression. */
export const BUILT_INS: ReadonlyMap<string, unknown> = jsonata.builtInFunctions
