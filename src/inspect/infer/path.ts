import type { SyntaxNode } from '../../expression/index.ts'
import { ABSENT, ANY, hasValue, listType, numberType, orAbsent, orFault, UNKNOWN } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { filterFlow } from './filter.ts'
import { flowOf, inEach, itemsOf, typeOfFlow } from './flow.ts'
import type { Flow } from './flow.ts'
import { fieldOf } from './field.ts'
import { keyOfSteps, partsOf, stagesOf } from './nodes.ts'
import type { Run } from './run.ts'
import { bind, onItem } from './scope.ts'
import type { Scope } from './scope.ts'

/** Where a walk along a path has come to. */
interface Walk {
  readonly flow: Flow
  /** What is there, before it is walked over: the value of the path if it ends here. */
  readonly value: Type
  readonly scope: Scope
  /** Names from the event down to here, while it is a single value. */
  readonly names: readonly string[] | undefined
}

const ONCE: Flow = { item: ANY, min: 1, max: 1, presumedMax: 1, isUnsure: false }

/** The value of a path: its steps one after the other, each on every value of the one before. */
export function inferPath(node: SyntaxNode, scope: Scope, run: Run): Type {
  const steps = partsOf(node, 'steps')
  const [first] = steps
  if (isUnusual(steps, scope)) return UNKNOWN
  const isAbsolute = first?.type === 'variable' || first?.['consarray'] === true
  const start: Walk = {
    // A variable is looked up once, whatever the context is.
    flow: isAbsolute || !hasValue(scope.context) ? ONCE : flowOf(scope.context),
    value: scope.context,
    scope,
    names: scope.isRoot && !isAbsolute ? [] : undefined,
  }
  let walk = start
  for (const [index, step] of steps.entries()) walk = takeStep(node, steps, index, step, walk, run)
  return finish(node, walk)
}

function finish(node: SyntaxNode, { flow, value }: Walk): Type {
  if (node['group'] !== undefined || partsOf(node, 'steps').some(isTuple)) return UNKNOWN
  if (node['keepSingletonArray'] !== true) return value
  if (flow.isUnsure) return UNKNOWN
  const { min, max, item } = flow
  const list = listType(() => item, { minItems: Math.max(1, min), maxItems: max })
  return min === 0 ? orAbsent(list) : list
}

/** Steps that make lists of lists, and an event that is a list, which only names walk over. */
function isUnusual([first, ...others]: readonly SyntaxNode[], { isRoot, context }: Scope): boolean {
  const isWholeList = isRoot && context.lists !== undefined && first?.type !== 'name'
  return isWholeList || others.some((step) => step['consarray'] === true)
}

/** A step that binds its values or their number, or is asked for as a parent. */
function isTuple({ tuple, focus, index, ancestor }: SyntaxNode): boolean {
  return [tuple, focus, index, ancestor].some((mark) => mark !== undefined && mark !== false)
}

function takeStep(
  path: SyntaxNode,
  steps: readonly SyntaxNode[],
  index: number,
  step: SyntaxNode,
  walk: Walk,
  run: Run,
): Walk {
  if (step.type === 'sort') return sorted(step, walk, run)
  const inner = scopeOfStep(index, walk)
  const value = valueOfStep(path, step, walk, inner, run)
  const result = walk.flow.item.isFault ? orFault(value) : value
  const stages = stagesOf(step)
  const filtered = stages.length > 0
  const each = stages.reduce(
    (flow, stage) => filterFlow(stage, flow, inner, run),
    filtered ? itemsOf(result) : flowOf(result),
  )
  const flow = withKnownCount(steps, index, inEach(walk.flow, each), walk.scope)
  const reached = walk.flow.max <= 1 && !filtered ? resultOfOne(walk.flow, result) : typeOfFlow(flow)
  const names =
    filtered || !walk.names || step.type !== 'name' ? undefined : [...walk.names, String(step.value)]
  return withBindings(step, walk, {
    flow,
    value: reached,
    scope: walk.scope,
    names: namesAfter(step, names, walk, flow),
  })
}

/** A list that one value has is not walked over if the path ends there. */
function resultOfOne({ min, max }: Flow, result: Type): Type {
  if (max === 0) return ABSENT
  return min === 0 ? orAbsent(result) : result
}

/** `$` and `$$` are where the event begins; beyond a list, there is no single value any more. */
function namesAfter(
  step: SyntaxNode,
  names: readonly string[] | undefined,
  { scope, names: before }: Walk,
  flow: Flow,
): readonly string[] | undefined {
  const isEvent = step.type === 'variable' && (step.value === '$' || (step.value === '' && scope.isRoot))
  if (isEvent && before === undefined && stagesOf(step).length === 0) return []
  return flow.max <= 1 ? names : undefined
}

function scopeOfStep(index: number, { flow, scope, names }: Walk): Scope {
  if (index === 0 && (flow === ONCE || !scope.context.lists)) return { ...scope, asksForValue: false }
  const isEvent = names?.length === 0
  return { ...onItem(scope, flow.item), isRoot: isEvent && scope.isRoot }
}

function valueOfStep(path: SyntaxNode, step: SyntaxNode, walk: Walk, inner: Scope, run: Run): Type {
  if (step.type === 'name')
    return fieldOf({ path, step, names: walk.names, scope: walk.scope }, walk.flow, run)
  return run.infer({ ...step, stages: undefined, predicate: undefined }, inner)
}

/** `$count(path) = 1` may have told how many there are. */
function withKnownCount(steps: readonly SyntaxNode[], index: number, flow: Flow, { counts }: Scope): Flow {
  if (counts.size === 0) return flow
  const known = counts.get(keyOfSteps(steps.slice(0, index + 1)))
  if (!known) return flow
  const max = Math.min(flow.max, known.max)
  return { ...flow, min: Math.max(flow.min, known.min), max, presumedMax: Math.min(flow.presumedMax, max) }
}

/** `@$name` binds the values and stays where it was; `#$name` binds their number. */
function withBindings(step: SyntaxNode, before: Walk, after: Walk): Walk {
  let { scope } = after
  const { focus, index } = step
  if (typeof index === 'string') scope = bind(scope, index, numberType({ min: 0, isInteger: true }))
  if (typeof focus !== 'string') return { ...after, scope }
  scope = bind(scope, focus, after.flow.item)
  return { ...before, scope, names: undefined, flow: { ...before.flow, isUnsure: true } }
}

function sorted(step: SyntaxNode, walk: Walk, run: Run): Walk {
  const inner = onItem(walk.scope, walk.flow.item)
  const terms: readonly unknown[] = Array.isArray(step['terms']) ? step['terms'] : []
  for (const expression of terms.flatMap((term) => partsOf({ type: 'term', term: [term] }, 'term'))) {
    run.infer(expression, inner)
  }
  const flow = stagesOf(step).reduce((left, stage) => filterFlow(stage, left, inner, run), walk.flow)
  // Values that have no order end the sorting with an error.
  const ordered = { ...flow, item: orFault(flow.item) }
  return { ...walk, flow: ordered, value: typeOfFlow(ordered), names: undefined }
}
