// The part of the derived module that is ours: budgets, frames and small helpers that the rewritten sites call. `derive` puts this text
// in front of the transformed modules and drops the word "export".

/** Marks of functions among values. Symbols, so that no event can carry them and be taken for a function. */
export const BUILT_IN = Symbol('built-in function')
export const LAMBDA = Symbol('lambda')

/** Work that may be done between two looks at the clock, in units of about one evaluated node. */
const FUEL_PER_CLOCK_READ = 1000

/**
 * Limits of the evaluation at work, what it has used of them, and who looks on. Evaluation is synchronous, so there is only one; it is
 * one object for good, for compiled code keeps it at hand.
 */
const budget = {
  maxDepth: Infinity,
  // Where nothing needs to be done for a node: the limit, but with an observer nowhere, so that without one there is nothing to ask.
  quietDepth: Infinity,
  maxSequence: Infinity,
  maxString: Infinity,
  timeoutMs: Infinity,
  depth: 0,
  fuel: FUEL_PER_CLOCK_READ,
  startedMs: Number.NaN,
  observer: undefined,
}

/** Begins an evaluation with full budgets. An absent or zero limit is none. */
export function beginBudget(options, observer) {
  budget.maxDepth = options?.stack || Infinity
  budget.quietDepth = observer === undefined ? budget.maxDepth : -1
  budget.observer = observer
  budget.maxSequence = options?.sequence || Infinity
  budget.maxString = options?.string || Infinity
  budget.timeoutMs = options?.timeout || Infinity
  budget.depth = 0
  budget.fuel = FUEL_PER_CLOCK_READ
  budget.startedMs = Number.NaN
}

export function withBudget(options, evaluateRoot, ast, input, frame, observer) {
  beginBudget(options, observer)
  return evaluateRoot(ast, input, frame)
}

/** Called for every node: most events cost less fuel than one clock reading would take, so theirs never happens. */
export function enterNode(node) {
  if (++budget.depth > budget.quietDepth) enterWatched(node)
  if (--budget.fuel < 0) readClock()
}

function enterWatched(node) {
  if (budget.depth > budget.maxDepth) throw { code: 'D1011', value: budget.maxDepth }
  budget.observer.enter(node)
}

export function leaveNode(node, value) {
  if (--budget.depth >= budget.quietDepth) budget.observer.leave(node, value)
}

/** Charges work that grows with data inside one node, before it is done. What is no number must not put the counter out of order. */
export function spend(units) {
  budget.fuel -= units > 0 ? units : 1
  if (budget.fuel < 0) readClock()
}

/** Time is counted from the first reading: what came before it cost at most one tank of fuel. */
function readClock() {
  budget.fuel = FUEL_PER_CLOCK_READ
  if (budget.timeoutMs === Infinity) return
  const nowMs = performance.now()
  if (Number.isNaN(budget.startedMs)) budget.startedMs = nowMs
  if (nowMs - budget.startedMs > budget.timeoutMs) throw { code: 'D1012', value: budget.timeoutMs }
}

/** Charges a built-in for its call, and for the texts and lists that it is given. */
export function spendOnArguments(args) {
  spend(1)
  for (const arg of args) {
    if (typeof arg === 'string' || Array.isArray(arg)) spend(arg.length)
  }
}

/** An empty sequence, or one of the one item that is given, which may be undefined. */
export function createSequence(...items) {
  items.sequence = true
  return items
}

/** What a path's step gives for a single input: lists become sequences, but for a list of the data that ends the path. */
export function toStepResult(value, isLastStep) {
  if (value === undefined) return createSequence()
  if (!Array.isArray(value)) return createSequence(value)
  if (isLastStep && value.sequence !== true) return value
  if (value.cons) return createSequence(value)
  const sequence = createSequence()
  for (const item of value) pushTo(sequence, item)
  return sequence
}

export function pushTo(sequence, item) {
  if (sequence.length >= budget.maxSequence) throw { code: 'D2015', value: budget.maxSequence }
  if (--budget.fuel < 0) readClock()
  return sequence.push(item)
}

export function checkSequenceLength(length) {
  if (length > budget.maxSequence) throw { code: 'D2015', value: length }
  spend(length)
}

/** Lets a text pass that is within the limit. Concatenation itself is cheap (ropes), so checking its result is early enough. */
export function checkString(text) {
  if (typeof text !== 'string') return text
  checkStringLength(text.length)
  spend(text.length)
  return text
}

function checkStringLength(length) {
  if (length > budget.maxString) throw { code: 'EXPRESSION_STRING_TOO_LONG', value: budget.maxString }
}

/** `text` repeated until it has at least `length` characters. */
export function repeatText(text, length) {
  checkStringLength(length)
  if (typeof text !== 'string') return checkString(Array.from({ length: length + 1 }).join(text))
  const repeats = Math.ceil(length / Array.from(text).length)
  checkStringLength(repeats)
  return text.repeat(repeats)
}

export function joinStrings(strings, separator) {
  let length = separator.length * Math.max(0, strings.length - 1)
  for (const text of strings) length += text?.length ?? 0
  checkStringLength(length)
  return strings.join(separator)
}

/** The number of characters, where a surrogate pair is one, without a list of them. Lists get here through partial application. */
export function countCharacters(text) {
  if (typeof text !== 'string') return Array.from(text).length
  let count = 0
  for (let index = 0; index < text.length; count++) index += text.codePointAt(index) > 0xffff ? 2 : 1
  return count
}

/** As much of a list of a text's characters as upstream's $substring needs, without one where each is one unit. */
export function charactersOf(text, toList) {
  if (typeof text !== 'string' || /[\ud800-\udfff]/.test(text)) return toList(text)
  const { length } = text
  return { length, slice: (start, end) => ({ join: () => text.slice(start, end) }) }
}

/** Stable merge of two sorted lists: `isAfter(a, b)` says that b goes first. */
export function mergeSorted(left, right, isAfter) {
  const merged = []
  let l = 0
  let r = 0
  while (l < left.length && r < right.length) {
    spend(1)
    merged.push(isAfter(left[l], right[r]) ? right[r++] : left[l++])
  }
  while (l < left.length) merged.push(left[l++])
  while (r < right.length) merged.push(right[r++])
  return merged
}

export function maximum(numbers) {
  return numbers.reduce((best, number) => Math.max(best, number), -Infinity)
}

export function minimum(numbers) {
  return numbers.reduce((best, number) => Math.min(best, number), Infinity)
}

/** A scope of variables. */
class Frame {
  constructor(parent) {
    this.parent = parent
    this.bindings = undefined
    this.base = parent === null ? undefined : parent.base
    this.isParallelCall = false
  }

  bind(name, value) {
    this.bindings ??= new Map()
    this.bindings.set(name, value)
  }

  lookup(name) {
    for (let frame = this; frame !== null; frame = frame.parent) {
      const { bindings } = frame
      if (bindings === undefined) continue
      const value = bindings.get(name)
      if (value !== undefined || bindings.has(name)) return value
    }
    return undefined
  }
}

export function createFrame(parent) {
  return new Frame(parent)
}

/** A regular expression over a signature's letters that remembers its answers: a call site sees the same types nearly always. */
export function rememberMatches(regex) {
  const known = new Map()
  return {
    exec(letters) {
      let match = known.get(letters)
      if (match === undefined) {
        match = regex.exec(letters)
        if (known.size < 64) known.set(letters, match)
      }
      return match
    },
  }
}

/** Under which a node keeps the stretch of the source that it was read from. */
export const RANGE = Symbol('range in the source')

export function rangeOf(node) {
  return node[RANGE]
}

/** The last one to be set counts: a path is read step by step, and the nodes for its beginnings become the node for all of it. */
export function setRange(node, range) {
  if (range !== undefined) node[RANGE] = range
  return node
}

/** Every field that a node of a syntax tree may have. */
const NO_NODE = {
  [RANGE]: undefined,
  type: undefined,
  value: undefined,
  position: undefined,
  steps: undefined,
  predicate: undefined,
  stages: undefined,
  group: undefined,
  keepArray: undefined,
  keepSingletonArray: undefined,
  consarray: undefined,
  focus: undefined,
  index: undefined,
  ancestor: undefined,
  tuple: undefined,
  slot: undefined,
  lhs: undefined,
  rhs: undefined,
  expression: undefined,
  expressions: undefined,
  procedure: undefined,
  arguments: undefined,
  condition: undefined,
  // eslint-disable-next-line unicorn/no-thenable -- upstream's name for a branch
  then: undefined,
  else: undefined,
  body: undefined,
  signature: undefined,
  thunk: undefined,
  terms: undefined,
  expr: undefined,
  name: undefined,
  seekingParent: undefined,
  emitted: undefined,
}

/**
 * The same tree with nodes that all have the same fields in the same order: the interpreter reads them several times faster than nodes
 * of thirty shapes. Parts without a type (slots of ancestors, signatures) stay as they are.
 */
export function uniformTree(node, known = new Map()) {
  if (Array.isArray(node)) return node.map((item) => uniformTree(item, known))
  if (typeof node !== 'object' || node === null) return node
  if (known.has(node)) return known.get(node)
  const isNode = typeof node.type === 'string'
  if (!isNode && !('lhs' in node || 'expression' in node)) return node
  const uniform = isNode ? { ...NO_NODE } : {}
  known.set(node, uniform)
  for (const [key, value] of Object.entries(node)) uniform[key] = uniformTree(value, known)
  return setRange(uniform, rangeOf(node))
}

/** Copies a syntax tree; what is no plain part of it (a regular expression, a signature's functions) is shared. */
export function cloneTree(node) {
  if (Array.isArray(node)) return node.map(cloneTree)
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, cloneTree(value)]))
  return setRange(copy, rangeOf(node))
}

/** JSON.stringify whose work is charged: a small value may hold the same part billions of times. */
export function stringify(value, replacer, space) {
  const charge = (key, part) => {
    spend(1)
    return replacer(key, part)
  }
  return JSON.stringify(value, charge, space)
}

/** Says where an error arose, unless something further inside has said so already. */
export function located(error, node) {
  error.position ??= node.position
  error.token ??= node.value
  return error
}

/**
 * Says where an error arose as upstream does for what fails on the right side of `and` and `or`: place and token of the operator take the
 * place of those that were closer, which are kept as `origin`.
 */
export function overwritePlace(error, position, token) {
  if (error.position !== undefined) error.origin ??= { position: error.position, token: error.token }
  error.position = position
  error.token = token
}

/** The same for a call: upstream fills in what is missing, and takes 0 for missing. */
export function completePlace(error, position, token) {
  if (!error.position) error.position = position
  if (!error.token) error.token = token
}

/** A function whose body is compiled code: `emitted` takes the list of arguments. `apply` is the interpreter's. */
export function createLambda(apply, emitted, parameters, signature, input, environment) {
  const lambda = {
    [LAMBDA]: true,
    input,
    environment,
    arguments: parameters,
    signature,
    emitted,
    apply: undefined,
  }
  lambda.apply = (self, args) => apply(lambda, args, input, self ? self.environment : environment)
  return lambda
}

/** A compiled function with some of its arguments given. `args` holds the syntax node `?` where one is still to come. */
export function partialEmitted(apply, lambda, args) {
  const isOpen = (index) => args[index]?.type === 'operator' && args[index].value === '?'
  const open = lambda.arguments.map((_, index) => index).filter(isOpen)
  const emitted = (rest) => {
    const all = lambda.arguments.map((_, index) => (isOpen(index) ? undefined : args[index]))
    for (const [nth, index] of open.entries()) all[index] = rest[nth]
    return lambda.emitted(all)
  }
  const parameters = open.map((index) => lambda.arguments[index])
  return createLambda(apply, emitted, parameters, undefined, lambda.input, lambda.environment)
}

/**
 * Upstream writes onto what it calls, which fails for null and other values that are no objects, without a code. Only who wants to have
 * its very errors, for comparison, sees that.
 */
export function assertMarkable(procedure, options) {
  const isMarkable = (typeof procedure === 'object' && procedure !== null) || typeof procedure === 'function'
  if (!isMarkable && options?.ownsInput) throw new TypeError('what is called is no object')
}

export function parseRegex(pattern, flags, position) {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    throw { code: 'EXPRESSION_REGEX', position, token: `/${pattern}/`, message: error.message }
  }
}

/** All objects and arrays within a value. */
export function partsOf(value, parts = new Set()) {
  if (typeof value !== 'object' || value === null || parts.has(value)) return parts
  spend(1)
  parts.add(value)
  for (const part of Object.values(value)) partsOf(part, parts)
  return parts
}

/** A transform may only change its own copy, never the event that other rules see as well. Without `parts`, the input is its own. */
export function assertOwned(parts, value, position) {
  if (parts !== undefined && typeof value === 'object' && value !== null && !parts.has(value)) {
    throw { code: 'EXPRESSION_OUTSIDE_COPY', position }
  }
}

export function refusePromise() {
  throw {
    code: 'EXPRESSION_INTERNAL',
    message: 'a function returned a promise: expressions are evaluated synchronously',
  }
}

/** Runs the factories of the bundle's modules. */
export function instantiate(factory, dependencies) {
  const module = { exports: {} }
  factory((name) => dependencies[name], module, module.exports)
  return module.exports
}
