import type { ErrorEntry } from '../entry.ts'

/**
 * What `assay validate` finds by reading rules against what is known of the events. Nearly all of it is a warning: the rule can be run,
 * and most likely does not do what its author meant.
 */
export const INSPECT_ERRORS = {
  PATH_IMPOSSIBLE: {
    title: 'A path that no event has',
    cause:
      'The schema allows no such field there, or knows one whose name is nearly the same. A missing field has no value, so the rule would always fail, or never.',
    mend: 'Correct the name (the message suggests one), or add the field to the schema.',
  },
  PATH_NOT_DESCRIBED: {
    title: 'A path that the schema does not describe',
    cause:
      'The schema describes the object and does not name this field. JSON Schema allows further fields, so it may be there; but a typing mistake would look the same.',
    mend: 'Add the field to the schema, or name its path under `fields` in the contract, with a description. `$exists(…)` may ask for any field.',
  },
  TYPES_NEVER_EQUAL: {
    title: 'A comparison of values that are never of one type',
    cause: 'JSONata converts nothing when it compares: the number 12 does not equal the text "12".',
    mend: 'Write the value in the type of the field, or convert with $number(…) or $string(…).',
  },
  VALUE_IMPOSSIBLE: {
    title: 'A comparison with a value that the field never has',
    cause: 'The schema lists the values, or their bounds or form, and this is none of them.',
    mend: 'Correct the value (the message suggests one), or the schema.',
  },
  TYPES_NOT_ORDERED: {
    title: 'A comparison of values that have no order',
    cause:
      'Only two numbers or two texts can be put in order; everything else ends with a type error, and the event fails.',
    mend: 'Convert one side ($number, $toMillis, $length, $count), or compare with = or in.',
  },
  ARITHMETIC_ON_NO_NUMBER: {
    title: 'A calculation with something that is no number',
    cause: 'The operators + - * / % take numbers only. Texts are joined with &.',
    mend: 'Convert the value with $number(…), or join texts with &.',
  },
  DIVISION_BY_ZERO: {
    title: 'A division by zero',
    cause: 'The result is not finite, and everything that is done with it fails.',
    mend: 'Divide by something else.',
  },
  ARGUMENT_COUNT: {
    title: 'A function with too many or too few arguments',
    cause: 'JSONata ends such a call with a type error, so the rule would fail every event.',
    mend: 'Call the function as the hint shows.',
  },
  ARGUMENT_TYPE: {
    title: 'An argument that the function can’t take',
    cause: 'JSONata checks the types of arguments and ends the call with a type error, so the event fails.',
    mend: 'Convert the argument, or use the function that the hint names.',
  },
  ONE_OR_MANY: {
    title: 'A value that is a list when there are several',
    cause:
      'A path over a list gives nothing for no item, the value itself for one, and a list for several. A rule that takes it for a single value changes its meaning with the number of items.',
    mend: 'Say what is meant: all items, `$count(list[$not(condition)]) = 0`; at least one, `$count(list[condition]) > 0`; a certain one, `list[0]`.',
  },
  CONDITION_CONSTANT: {
    title: 'A condition that is the same for every event',
    cause:
      'Nothing in it comes from the event, or both of its sides are the same. Mostly a name stands in quotes, or a comparison is written once for two values.',
    mend: 'Compare with a field. For one of several values, write `x in ["a", "b"]`.',
  },
  RULE_NOT_BOOLEAN: {
    title: 'An assertion or a condition that never gives true or false',
    cause: 'Only true and false can be judged: every event would be counted as an error of the rule.',
    mend: 'Compare with what you expect. That a field is there is $exists(field).',
  },
  RULE_ALWAYS_PASSES: {
    title: 'A rule that no event can fail',
    cause:
      'The schema already promises what the rule asserts, or the rule reads nothing of the event. It would be green for ever.',
    mend: 'Remove the rule, tighten it, or loosen the schema if the rule is the better place for the promise.',
  },
  RULE_NEVER_PASSES: {
    title: 'A rule that no event can pass',
    cause: 'No event that the schema allows meets the assertion.',
    mend: 'Correct the assertion, its `when`, or the schema.',
  },
  RULE_NEVER_APPLIES: {
    title: 'A condition `when` that is never true',
    cause: 'No event that the schema allows meets the condition: the rule would skip every event.',
    mend: 'Correct the condition, or the schema.',
  },
  CONDITION_ALWAYS_TRUE: {
    title: 'A condition `when` that is always true',
    cause: 'Every event that the schema allows meets the condition, so it chooses nothing.',
    mend: 'Remove the condition, or correct it.',
  },
  FIELD_MAY_BE_MISSING: {
    title: 'A rule that fails events without an optional field',
    cause:
      'The schema does not require the field. Where it is missing, `x > 0` has no value and `x = 1`, `x != 1` and `x in […]` are false: the event fails, though the schema allows it.',
    mend: 'Choose: `when: $exists(x)` if the rule is only about events that have the field (`missing: skip` does the same where there is no value); `$exists(x) and …` if all must have it; `required` in the schema if all do.',
  },
  FIELD_MAY_BE_NULL: {
    title: 'A rule that fails events whose field is null',
    cause:
      'The schema allows null for the field. Null has no order and no length, and equals nothing but null: the event fails.',
    mend: 'Choose the events with `when: x != null`, or say in the rule what null means.',
  },
  LIST_MAY_BE_EMPTY: {
    title: 'A rule that fails events with an empty list',
    cause:
      'Of a path over no items there is no value, and so no sum, no largest and no average: the event fails.',
    mend: 'Choose: `missing: skip` or `when: $count(list) > 0` if such events are fine; `minItems` in the schema if there are none.',
  },
  TIME_AS_TEXT: {
    title: 'A time that is compared as text',
    cause:
      '$now() is a text. Compared with another, letters decide: a time in another time zone or with other decimals comes out wrong.',
    mend: 'Compare milliseconds: $toMillis(field) with $millis().',
  },
  FIELD_NEVER_A_TIME: {
    title: 'A `field` whose value is never a time',
    cause:
      'A check over the stream reads times as ISO 8601 texts, or as milliseconds or seconds since 1970. The value is of no such kind, or is the same for every event; events without a time are not seen by the check.',
    mend: 'Name the field that says when the event happened, or remove `field`: then the time of arrival counts.',
  },
  NOT_REPLAYABLE: {
    title: 'A rule that gives another verdict when history is replayed',
    cause:
      'It compares the age of something with the time of judging: what was fresh when it came is old in a replay.',
    mend: 'Compare with the time of the record, `$timestamp`, in place of $millis(). To watch whether events arrive at all is the job of a freshness rule.',
  },
  REGEX_NEVER_MATCHES: {
    title: 'A regular expression that matches none of the field’s values',
    cause: 'The schema lists the values of the field, and the pattern matches none of them.',
    mend: 'Correct the pattern, or list the values: x in ["a", "b"].',
  },
  REGEX_IN_QUOTES: {
    title: 'A regular expression in quotes',
    cause: 'A text in quotes is searched for as it stands: ^, [ and \\d mean nothing in it.',
    mend: 'Write the pattern between slashes: /^[0-9]+$/.',
  },
  REGEX_AMBIGUOUS: {
    title: 'A regular expression with a repeat in a repeat',
    cause:
      'Patterns such as (a+)+ can match the same text in very many ways. Assay runs them in time that grows with the text only, but many times slower than others; elsewhere they stop whole services.',
    mend: 'Write the pattern with one repeat: a+ in place of (a+)+.',
  },
  VARIABLE_UNUSED: {
    title: 'A variable that is never used',
    cause: 'The expression binds a name and does not use it. Often another name was meant further down.',
    mend: 'Use the variable, or remove it.',
  },
  BUILT_IN_SHADOWED: {
    title: 'A variable with the name of a function',
    cause:
      'From there on the name means the variable, and a call of the function does something else than a reader expects.',
    mend: 'Give the variable another name.',
  },
  IGNORE_UNUSED: {
    title: 'A finding that is ignored and not there',
    cause:
      'The rule says under `ignore` that a finding is known and accepted, and there is no such finding (any more).',
    mend: 'Remove the entry, so that a later finding is seen.',
  },
} as const satisfies Record<string, ErrorEntry>

/** What `assay validate` says of the schemas that producers write by: of one that is proposed, and of those in a registry. */
export const SCHEMA_ERRORS = {
  SCHEMA_BREAKS_RULE: {
    title: 'A proposed schema breaks a rule',
    cause:
      'Events that the proposed schema allows, and that of today does not, fail the rule, are an error of it, or are passed over by it: a field that it reads would be gone or may be missing, has another type, or has values that the rule refuses.',
    mend: 'Change the schema in a way that the rule bears (add, and take away later), or agree with the owner of the rule, who is named in the message, to change the rule first.',
  },
  SCHEMA_CONCERNS_RULE: {
    title: 'A proposed schema that a rule should know of',
    cause:
      'The rule does not break, but would look at fewer events, or refuses on purpose a value that the schema has: what is known does not tell whether that is new.',
    mend: 'Tell the owner of the rule. A base to compare with (--base, --registry or `schemaFile`) makes it certain.',
  },
  SCHEMA_LOSES_FIELD: {
    title: 'A proposed schema without a field that a contract classifies',
    cause:
      'The path stands under `fields`, which decides what is masked. If the field only changes its name, its values would be shown.',
    mend: 'Keep the field, or classify the new name before the first event has it.',
  },
  SCHEMA_FILE_UNUSABLE: {
    title: 'A schema file that can’t be used',
    cause:
      'The file can’t be read, its name does not say what it is written in, or it is no schema of that language. A schema that it refers to may be missing.',
    mend: 'Give a file that ends in .avsc, .proto or .json. Files that it refers to are found beside it (imports of Protobuf also above it), or given with --reference.',
  },
  REGISTRY_SCHEMA_UNUSABLE: {
    title: 'The registry has no schema for the subject that could be used',
    cause: 'The subject is not there, or its latest schema is one that records can’t be read with.',
    mend: 'Correct the subject under `schemaFrom`; without one it is `<topic>-value`.',
  },
  REGISTRY_NOT_ASKED: {
    title: 'Rules were not checked against the schema of the registry',
    cause: 'A contract says `schemaFrom`, and no registry was named; or one was, and no contract says it.',
    mend: 'Give --registry or set SCHEMA_REGISTRY_URL, with the variables for credentials that `assay run` has.',
  },
} as const satisfies Record<string, ErrorEntry>

/** Codes that a rule may name under `ignore`. */
export type FindingCode = keyof typeof INSPECT_ERRORS
