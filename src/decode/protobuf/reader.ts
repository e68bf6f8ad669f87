import type { Numbers } from '../../model/contract.ts'
import { plainObject } from '../plain-object.ts'
import { readBody, readDelimited, readNarrowed } from './read-message.ts'
import type { FieldPlan, MessagePlan, Read } from './read-message.ts'
import { enumReader, scalarReader } from './scalars.ts'
import type { ProtoField, ProtoMessage } from './type.ts'
import { WIRE } from './wire.ts'

/** A reader of the messages of one type, as rules expect them (docs/reference/values.md). */
export function protobufReader(message: ProtoMessage, numbers: Numbers): Read {
  const compiler = new ProtobufCompiler(numbers)
  const plan = compiler.plan(message)
  compiler.finish()
  return (source) => readBody(source, plan, numbers)
}

class ProtobufCompiler {
  readonly #numbers: Numbers
  readonly #plans = new Map<ProtoMessage, MessagePlan>()
  /** One after the other, for a chain of messages may be longer than the stack. */
  readonly #open: (() => void)[] = []

  constructor(numbers: Numbers) {
    this.#numbers = numbers
  }

  finish(): void {
    for (let compile = this.#open.pop(); compile !== undefined; compile = this.#open.pop()) compile()
  }

  plan(message: ProtoMessage): MessagePlan {
    const known = this.#plans.get(message)
    if (known !== undefined) return known
    const plan: MessagePlan = { name: message.name, byNumber: new Map(), always: [], required: [] }
    this.#plans.set(message, plan)
    this.#open.push(() => {
      for (const field of message.fields) this.#add(plan, field)
    })
    return plan
  }

  #add(plan: MessagePlan, field: ProtoField): void {
    const compiled = this.#field(field)
    plan.byNumber.set(field.number, compiled)
    if (field.isRequired) plan.required.push(field.name)
    else if (!field.hasPresence) plan.always.push(compiled)
  }

  #field(field: ProtoField): FieldPlan {
    const { type } = field
    const readKey = field.mapKey === undefined ? undefined : scalarReader(field.mapKey, 'exact')
    if (typeof type === 'object' && type.kind === 'message') {
      const plan = this.plan(type)
      const numbers = this.#numbers
      return {
        field,
        wire: WIRE.bytes,
        read: (source) => readDelimited(source, plan, numbers),
        readGroup: (source) => readBody(source, plan, numbers, field.number),
        readKey,
        initial: initialOf(field, undefined),
        readNothing: (source) => readNarrowed(source, 0, plan, numbers),
      }
    }
    const { wire, read, zero } =
      typeof type === 'object' ? enumReader(type) : scalarReader(type, this.#numbers)
    return {
      field,
      wire,
      read,
      readGroup: undefined,
      readKey,
      initial: initialOf(field, zero),
      readNothing: () => zero,
    }
  }
}

function initialOf({ isRepeated, mapKey }: ProtoField, zero: unknown): () => unknown {
  if (isRepeated) return () => []
  return mapKey === undefined ? () => zero : plainObject
}
