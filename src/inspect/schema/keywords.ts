/** The keyword's value if it is of the kind; schemas are JSON that nobody has checked when they are read here. */
export function numberAt(schema: object, keyword: string): number | undefined {
  const value = valueAt(schema, keyword)
  return typeof value === 'number' ? value : undefined
}

export function textAt(schema: object, keyword: string): string | undefined {
  const value = valueAt(schema, keyword)
  return typeof value === 'string' ? value : undefined
}

export function textsAt(schema: object, keyword: string): readonly string[] {
  return listAt(schema, keyword).filter((item) => typeof item === 'string')
}

export function listAt(schema: object, keyword: string): readonly unknown[] {
  const value = valueAt(schema, keyword)
  return Array.isArray(value) ? value : []
}

export function schemaAt(schema: object, keyword: string): object | boolean | undefined {
  return asSchema(valueAt(schema, keyword))
}

export function schemasAt(schema: object, keyword: string): readonly (object | boolean)[] {
  return listAt(schema, keyword).flatMap((item) => asSchema(item) ?? [])
}

/** The value of `keyword` as schemas by name. */
export function mapAt(schema: object, keyword: string): object | undefined {
  const value = valueAt(schema, keyword)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

export function valueAt(schema: object, keyword: string): unknown {
  return Object.hasOwn(schema, keyword) ? Reflect.get(schema, keyword) : undefined
}

export function asSchema(value: unknown): object | boolean | undefined {
  if (typeof value === 'boolean') return value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}
