import type { SyntaxNode } from '../../expression/index.ts'
import { unionAll } from '../types/combine.ts'
import { kindsOf } from '../types/describe.ts'
import { ABSENT, hasValue, orAbsent, UNKNOWN } from '../types/type.ts'
import type { Field, Type } from '../types/type.ts'
import { flowOf } from './flow.ts'
import type { Flow } from './flow.ts'
import type { Run } from './run.ts'
import type { Scope } from './scope.ts'
import { guessField, listOfNames } from './guess-field.ts'

/** A step of a path that names a field. */
export interface FieldStep {
  readonly path: SyntaxNode
  readonly step: SyntaxNode
  /** Names from the event down to the object; undefined if that is not a single value. */
  readonly names: readonly string[] | undefined
  readonly scope: Scope
}

/** The value of a field in each of the values that were walked to. A field that can't be there is reported, and then taken for unknown. */
export function fieldOf(step: FieldStep, flow: Flow, run: Run): Type {
  const { item } = flow
  if (item.isUnknown) return UNKNOWN
  const name = String(step.step.value)
  const fields = item.objects.map((object) => object.field(name))
  if (fields.length === 0) return hasValue(item) ? ofNoObject(step, flow, run) : ABSENT
  const standing = standingOf(fields)
  if (standing === 'excluded' || standing === 'undescribed') {
    return reportField(step, item, standing, run) ? UNKNOWN : unionAll(fields.map(({ type }) => type))
  }
  const type = unionAll(fields.map((field) => typeInVariant(field, fields)))
  // What is no object has no fields.
  const whole = hasValue({ ...item, objects: [] }) ? orAbsent(type) : type
  noteGaps(step, name, whole, run)
  return whole
}

/** A field that other kinds of the object describe is taken not to be in one that does not, though that one is open. */
function typeInVariant({ standing, type }: Field, variants: readonly Field[]): Type {
  const isOfOthers = standing === 'undescribed' && variants.some((other) => other.standing === 'described')
  return isOfOthers ? ABSENT : type
}

function standingOf(fields: readonly Field[]): Field['standing'] {
  const standings = fields.map(({ standing }) => standing)
  return (
    (['described', 'open', 'undescribed'] as const).find((each) => standings.includes(each)) ?? 'excluded'
  )
}

function reportField(
  fieldStep: FieldStep,
  item: Type,
  standing: 'excluded' | 'undescribed',
  run: Run,
): boolean {
  if (run.isQuiet) return false
  const { step, scope, names } = fieldStep
  const name = String(step.value)
  const where = whereOf(fieldStep, run)
  const known = item.objects.flatMap((object) => object.names())
  const guess = guessField(name, known, scope.root, names)
  if (standing === 'excluded') {
    const hint = guess?.hint ?? `${listOfNames(known)} Or allow the field in the schema.`
    run.report(
      'PATH_IMPOSSIBLE',
      step,
      `no event has \`${name}\`${where}: the schema allows no such field`,
      hint,
    )
    return true
  }
  if (guess?.isLikely === true) {
    run.report('PATH_IMPOSSIBLE', step, `the schema knows no \`${name}\`${where}`, guess.hint)
    return true
  }
  // To ask whether a field is there is the way to deal with one that may come.
  if (scope.asksForValue) return false
  const message = `the schema does not describe \`${name}\`${where}, so a typing mistake could not be seen`
  const list = guess?.hint ?? listOfNames(known)
  run.report(
    'PATH_NOT_DESCRIBED',
    step,
    message,
    `${list} If the field is real, add it to the schema, or name its path under \`fields\`.`,
  )
  return true
}

/** In which object a field is asked for, to come after its name; nothing for the event itself. */
function whereOf(fieldStep: FieldStep, run: Run): string {
  const holder = holderOf(fieldStep, run)
  if (holder !== undefined) return ` in \`${holder}\``
  return fieldStep.names?.length === 0 ? '' : ' here'
}

/** The path that leads to the object whose field is asked for, if there is one of bearable length. */
function holderOf({ path, step }: FieldStep, run: Run): string | undefined {
  const { offset } = run.placeOf(path)
  const end = run.placeOf(step).offset
  const text = run.source.slice(offset, end).replace(/[\s.]+$/, '')
  return text !== '' && text.length <= MAX_HOLDER ? text : undefined
}

const MAX_HOLDER = 60

const COUNTS: ReadonlySet<string> = new Set(['length', 'count', 'size'])

function ofNoObject(fieldStep: FieldStep, { item, max }: Flow, run: Run): Type {
  if (run.isQuiet) return ABSENT
  const { step } = fieldStep
  const name = String(step.value)
  const holder = holderOf(fieldStep, run)
  const subject = holder === undefined ? 'this' : `${max > 1 ? 'each of ' : ''}\`${holder}\``
  const hint =
    COUNTS.has(name) && holder !== undefined
      ? `For the length of a text write $length(${holder}), for the number of items $count(${holder}).`
      : `Leave \`.${name}\` out, or name the field that holds it.`
  const kinds = kindsOf(item).join(' or ')
  run.report('PATH_IMPOSSIBLE', step, `${subject} is ${kinds}, which has no field \`${name}\``, hint)
  return UNKNOWN
}

/** Notes where the value may be missing, null or empty, for a single field of the event. */
function noteGaps({ path, step, names, scope }: FieldStep, name: string, type: Type, run: Run): void {
  if (!names || scope.asksForValue || type.isUnknown) return
  const place = run.placeOf(path)
  const end = run.placeOf(step)
  const upTo = { offset: place.offset, length: end.offset + end.length - place.offset }
  const gap = {
    path: place,
    spot: { variable: '$', names: [...names, name] },
    place: upTo,
    text: run.textOf(upTo),
  }
  if (type.isAbsent) run.noteGap({ ...gap, kind: 'missing' })
  if (type.isNull) run.noteGap({ ...gap, kind: 'null' })
  if (type.lists && flowOf(type).min === 0) run.noteGap({ ...gap, kind: 'empty' })
}
