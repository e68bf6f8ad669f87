/** The expression that reads a field of a JSON file, such as `options.thresholds.critical` or `queries[0].name`. */
export type Reading = (field: string) => string

/** Each field of an object as the expression that reads it: names are told to Terraform, values stay in the file. */
export function fieldsOf(object: object, of: Reading, prefix = ''): { [key: string]: string } {
  return Object.fromEntries(Object.keys(object).map((key) => [key, of(`${prefix}${key}`)]))
}
