type Schema = Record<string, unknown>

const DECIMAL_TEXT = '^-?[0-9]+(?:\\.[0-9]+)?$'

/**
 * Logical types (Avro 1.12) as events show them after decoding: times as ISO 8601 text, decimals as a number or its text, so that none of
 * their digits is lost.
 */
const LOGICAL_TYPES: Readonly<Record<string, Schema>> = {
  date: { type: 'string', format: 'date' },
  'time-millis': { type: 'string', pattern: '^[0-9]{2}:[0-9]{2}:[0-9]{2}' },
  'time-micros': { type: 'string', pattern: '^[0-9]{2}:[0-9]{2}:[0-9]{2}' },
  'timestamp-millis': { type: 'string', format: 'date-time' },
  'timestamp-micros': { type: 'string', format: 'date-time' },
  'timestamp-nanos': { type: 'string', format: 'date-time' },
  'local-timestamp-millis': { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' },
  'local-timestamp-micros': { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' },
  'local-timestamp-nanos': { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' },
  decimal: { type: ['number', 'string'], pattern: DECIMAL_TEXT },
  'big-decimal': { type: ['number', 'string'], pattern: DECIMAL_TEXT },
  uuid: { type: 'string', format: 'uuid' },
  duration: { type: 'string' },
}

const PRIMITIVE_SCHEMAS: Readonly<Record<string, Schema>> = {
  null: { type: 'null' },
  boolean: { type: 'boolean' },
  int: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
  long: { type: 'integer' },
  float: { type: 'number' },
  double: { type: 'number' },
  bytes: { type: 'string' },
  string: { type: 'string' },
}

/** What a logical type makes of a value; undefined for one that is not known, which Avro says to ignore. */
export function logicalSchema(name: string): Schema | undefined {
  return Object.hasOwn(LOGICAL_TYPES, name) ? { ...LOGICAL_TYPES[name] } : undefined
}

export function primitiveSchema(name: string): Schema | undefined {
  return Object.hasOwn(PRIMITIVE_SCHEMAS, name) ? { ...PRIMITIVE_SCHEMAS[name] } : undefined
}
