import { Ajv, type ValidateFunction } from 'ajv'
import type { Report } from '../../finding.ts'
import { wordingOf } from '../../shapes/wording.ts'
import { DASHBOARD, GROUP, WIDGETS } from './shapes/dashboard-shape.ts'
import {
  ENTITIES,
  METADATA,
  MONITORS,
  NOTIFICATION_RULE,
  SLOS,
  TAG_CONFIGURATION,
} from './shapes/other-shapes.ts'

const SHAPES = {
  dashboard: DASHBOARD,
  group: GROUP,
  notificationRule: NOTIFICATION_RULE,
  metadata: METADATA,
  tags: TAG_CONFIGURATION,
  ...prefixed('widget', WIDGETS),
  ...prefixed('monitor', MONITORS),
  ...prefixed('slo', SLOS),
  ...prefixed('entity', ENTITIES),
}

function prefixed(prefix: string, shapes: Readonly<Record<string, object>>): Record<string, object> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${prefix} ${name}`, shape]))
}

/** Holds values against the shapes of what is generated: each key and each closed set of Datadog's that is used. */
export class ShapeChecker {
  readonly #ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true })
  readonly #validators = new Map<string, ValidateFunction>()

  /** Reports what is wrong, and whether nothing is; without a shape of that name, that there is none. */
  isSound(name: string, value: unknown, at: string, report: Report): boolean {
    const validate = this.#validatorOf(name)
    if (validate === undefined) {
      report(at, `no ${name} is among what is generated`)
      return false
    }
    if (validate(value)) return true
    for (const error of validate.errors ?? []) report(`${at}${error.instancePath}`, wordingOf(error))
    return false
  }

  #validatorOf(name: string): ValidateFunction | undefined {
    const shape = (SHAPES as Readonly<Record<string, object>>)[name]
    if (shape === undefined) return undefined
    const known = this.#validators.get(name) ?? this.#ajv.compile(shape)
    this.#validators.set(name, known)
    return known
  }
}
