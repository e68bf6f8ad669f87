import { BOOLEAN, FUNCTION, type Kind, NUMBER, STRING, UNDEFINED, isWithin, mayBe } from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import { isPattern } from '../runtime/patterns.ts'
import { type Code, type Context, inputOf, frameOf, newTemporary, siteOf } from './context.ts'
import { builtInNamed } from './scope.ts'
import { truthOfOperand } from './truth.ts'

interface Call {
  readonly given: readonly Code[]
  readonly node: Node
  /** The nodes of the arguments; one less than `given` after `~>`. */
  readonly args: readonly Node[]
  readonly context: Context
  /** Text that calls the function as upstream does, for what the quick form is not for. */
  slow(values: readonly string[]): string
}

type Inline = (call: Call) => Code | undefined

/** A call of a built-in function whose arguments have the usual types, written out; undefined if there is no such form of it. */
export function emitBuiltIn(
  name: string,
  given: readonly Code[],
  args: readonly Node[],
  node: Node,
  context: Context,
): Code | undefined {
  const inline = Object.hasOwn(INLINE, name) ? INLINE[name] : undefined
  if (inline === undefined) return undefined
  const { unit } = context
  const slow = (values: readonly string[]) => {
    const site = siteOf(context, node.position, part(node.procedure).value)
    const builtIn = unit.constant(builtInNamed(context, name))
    return `${unit.use('call')}(${builtIn}, [${values.join(', ')}], ${inputOf(context)}, ${frameOf(context)}, ${site})`
  }
  return inline({ given, node, args, context, slow })
}

/** One argument that is no function. */
function only({ given }: Call): Code | undefined {
  const [first, second] = given
  return second === undefined ? first : undefined
}

/** For functions of one argument of a type: undefined stays undefined, and other types are upstream's to refuse. */
function ofOne(
  type: 'string' | 'number',
  result: Kind,
  write: (value: string, call: Call) => string,
): Inline {
  return (call) => {
    const argument = only(call)
    if (argument === undefined || mayBe(argument.kind, FUNCTION)) return undefined
    const value = newTemporary(call.context)
    const quick = write(value, call)
    const typed = type === 'string' ? STRING : NUMBER
    const set = `${value} = ${argument.js}`
    if (isWithin(argument.kind, typed)) return { js: `(${set}, ${quick})`, kind: result }
    const slow = `${value} === undefined ? undefined : ${call.slow([value])}`
    return { js: `(typeof (${set}) === "${type}" ? ${quick} : ${slow})`, kind: result | UNDEFINED }
  }
}

/** For functions that give a number: the quick form gives null for what upstream must look at. */
function quickNumber(name: 'sum' | 'toNumber' | 'parseTimestamp'): Inline {
  return (call) => {
    const argument = only(call)
    if (argument === undefined || mayBe(argument.kind, FUNCTION)) return undefined
    const value = newTemporary(call.context)
    const quick = newTemporary(call.context)
    const fast = `(${quick} = ${use(call, name)}(${value} = ${argument.js})) !== null`
    return { js: `(${fast} ? ${quick} : ${call.slow([value])})`, kind: NUMBER | UNDEFINED }
  }
}

const use = ({ context }: Call, name: Parameters<Context['unit']['use']>[0]) => context.unit.use(name)

const INLINE: Readonly<Record<string, Inline>> = {
  count: (call) => {
    const argument = only(call)
    return argument && { js: `${use(call, 'count')}(${argument.js})`, kind: NUMBER }
  },
  exists: (call) => {
    const argument = only(call)
    return argument && { js: `(${argument.js} !== undefined)`, kind: BOOLEAN }
  },
  not: (call) => {
    const argument = only(call)
    if (argument === undefined || mayBe(argument.kind, FUNCTION)) return undefined
    if (isWithin(argument.kind, BOOLEAN)) return { js: `(!${argument.js})`, kind: BOOLEAN }
    return toTruth(call, argument, '!')
  },
  boolean: (call) => {
    const argument = only(call)
    if (argument === undefined || mayBe(argument.kind, FUNCTION)) return undefined
    return toTruth(call, argument, '')
  },
  sum: quickNumber('sum'),
  length: ofOne('string', NUMBER, (value, call) => `${use(call, 'lengthOf')}(${value})`),
  uppercase: ofOne('string', STRING, (value) => `${value}.toUpperCase()`),
  lowercase: ofOne('string', STRING, (value) => `${value}.toLowerCase()`),
  floor: ofOne('number', NUMBER, (value) => `Math.floor(${value})`),
  ceil: ofOne('number', NUMBER, (value) => `Math.ceil(${value})`),
  abs: ofOne('number', NUMBER, (value) => `Math.abs(${value})`),
  millis: (call) =>
    call.given.length === 0 ? { js: `${frameOf(call.context)}.base.nowMs`, kind: NUMBER } : undefined,
  number: quickNumber('toNumber'),
  string: (call) => {
    const argument = only(call)
    if (argument === undefined) return undefined
    if (isWithin(argument.kind, STRING)) return argument
    return undefined
  },
  toMillis: quickNumber('parseTimestamp'),
  contains: (call) => {
    const [text, sought] = call.given
    if (text === undefined || sought === undefined || call.given.length > 2) return undefined
    const last = call.args.at(-1)
    if (last === undefined || mayBe(text.kind, FUNCTION) || last.predicate !== undefined) return undefined
    const value = newTemporary(call.context)
    if (last.type === 'string') {
      const slow = call.slow([value, sought.js])
      return {
        js: `(typeof (${value} = ${text.js}) === "string" ? ${use(call, 'includesText')}(${value}, ${sought.js}) : ${slow})`,
        kind: BOOLEAN | UNDEFINED,
      }
    }
    if (last.type !== 'regex' || !isPattern(last.value)) return undefined
    const pattern = call.context.unit.constant(last.value)
    const slow = call.slow([value, sought.js])
    return {
      js: `(typeof (${value} = ${text.js}) === "string" ? ${use(call, 'matches')}(${value}, ${pattern}) : ${slow})`,
      kind: BOOLEAN | UNDEFINED,
    }
  },
}

function toTruth({ context, node }: Call, argument: Code, sign: '!' | ''): Code {
  const value = newTemporary(context)
  const site = siteOf(context, node.position, part(node.procedure).value)
  const truth = truthOfOperand({ js: value, kind: argument.kind }, context, site)
  const kind = mayBe(argument.kind, UNDEFINED) ? BOOLEAN | UNDEFINED : BOOLEAN
  return { js: `((${value} = ${argument.js}) === undefined ? undefined : ${sign}${truth})`, kind }
}
