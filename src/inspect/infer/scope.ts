import { withField } from '../types/objects.ts'
import { ABSENT, isNever, NEVER, UNKNOWN } from '../types/type.ts'
import type { ObjectType, Type } from '../types/type.ts'

/** What is known where a part of an expression stands. */
export interface Scope {
  /** `$`: what paths begin at. */
  readonly context: Type
  /** `$$`: the event. */
  readonly root: Type
  /** Whether `$` is the event too. */
  readonly isRoot: boolean
  readonly variables: ReadonlyMap<string, Type>
  /** How many values a path is known to have, by the path's key. */
  readonly counts: ReadonlyMap<string, Count>
  /** What stands here asks itself whether there is a value. */
  readonly asksForValue: boolean
}

export interface Count {
  readonly min: number
  readonly max: number
}

export function rootScope(event: Type, variables: ReadonlyMap<string, Type>): Scope {
  return { context: event, root: event, isRoot: true, variables, counts: new Map(), asksForValue: false }
}

/** The scope of what is evaluated on one item. */
export function onItem(scope: Scope, item: Type): Scope {
  return { ...scope, context: item, isRoot: false, counts: new Map(), asksForValue: false }
}

export function bind(scope: Scope, name: string, type: Type): Scope {
  return { ...scope, variables: new Map([...scope.variables, [name, type]]) }
}

/** A single value that an expression names: fields below `$`, `$$` or a variable. */
export interface Spot {
  /** `''` is `$`, `'$'` is `$$`. */
  readonly variable: string
  readonly names: readonly string[]
}

/** The scope in which the value at a spot is what `change` makes of it. */
export function changeSpot(scope: Scope, { variable, names }: Spot, change: (type: Type) => Type): Scope {
  const isContext = variable === ''
  const isEvent = variable === '$' || (isContext && scope.isRoot)
  if (!isContext && variable !== '$') {
    const old = scope.variables.get(variable)
    return old ? bind(scope, variable, reachable(changeBelow(old, names, change))) : scope
  }
  const root = isEvent ? reachable(changeBelow(scope.root, names, change)) : scope.root
  if (isEvent && scope.isRoot) return { ...scope, root, context: root }
  return isContext
    ? { ...scope, context: reachable(changeBelow(scope.context, names, change)) }
    : { ...scope, root }
}

/** What stands behind a contradiction is never evaluated: nothing is said of it. */
function reachable(type: Type): Type {
  return isNever(type) ? UNKNOWN : type
}

/** The type in which the value below the names is what `change` makes of it. Fields of several values at once stay as they are. */
export function changeBelow(type: Type, names: readonly string[], change: (type: Type) => Type): Type {
  const [name, ...rest] = names
  if (name === undefined) return change(type)
  if (type.isUnknown || type.lists) return type
  const objects = type.objects.flatMap((object) => changeField(object, name, rest, change))
  const mayBeNoObject = !isNever(change(ABSENT))
  return mayBeNoObject ? { ...type, objects } : { ...NEVER, objects }
}

function changeField(
  object: ObjectType,
  name: string,
  rest: readonly string[],
  change: (type: Type) => Type,
): ObjectType[] {
  const { type } = object.field(name)
  const changed = changeBelow(type, rest, change)
  if (isNever(changed)) return []
  return changed === type ? [object] : [withField(object, name, changed)]
}
