import { INSPECT_ERRORS } from '../errors/register/inspect.ts'
import type { Pattern } from './shape.ts'

/** Ids, names of teams and domains become metric tags, of which Datadog keeps 200 characters with the key. */
export const MAX_ID_LENGTH = 100

export const SNAKE_CASE: Pattern = {
  regex: '^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$',
  says: 'in snake_case: lower-case letters, digits and single underscores, a letter first',
}

export const CONTRACT_ID: Pattern = {
  regex: '^[A-Za-z][A-Za-z0-9._\\-]*$',
  says: 'made of letters, digits, `.`, `_` and `-`, a letter first',
}

export const DOMAIN: Pattern = {
  regex: '^[a-z][a-z0-9\\-]*$',
  says: 'made of lower-case letters, digits and `-`, a letter first',
}

export const ONE_LINE_NAME: Pattern = {
  regex: '^(?=[^\\r\\n]*[A-Za-z0-9])\\S(?:[^\\r\\n]*\\S)?$',
  says: 'a name on one line, with at least one ASCII letter or digit and no space around it',
}

/** A length of time: at most six digits, so that no sum of them is ever too large. */
export const TIME_SPAN: Pattern = {
  regex: '^[1-9]\\d{0,5}[smhdw]$',
  says: 'a whole number above zero with a unit (s, m, h, d or w), such as 30d',
}

/** A share in per cent, at most six digits before the point and after it. */
export const SHARE: Pattern = {
  regex: '^(?:100(?:\\.0{1,6})?|\\d{1,2}(?:\\.\\d{1,6})?)%$',
  says: 'a share of at most 100%, such as 0.1%',
}

/** Two times of a day. The day may end at 24:00. */
export const DAY_HOURS: Pattern = {
  regex: '^(?:[01]\\d|2[0-3]):[0-5]\\d-(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$',
  says: 'two times of day joined by `-`, such as 22:00-06:00',
}

export const NOT_BLANK: Pattern = { regex: '\\S', says: 'more than white space' }

/** Semantic Versioning 2.0.0, without its rule on leading zeros in pre-releases. */
export const SEMANTIC_VERSION: Pattern = {
  regex: '^(?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*)){2}(?:-[0-9A-Za-z.\\-]+)?(?:\\+[0-9A-Za-z.\\-]+)?$',
  says: 'a semantic version: three numbers such as 1.2.0',
}

/** Kafka's rule for topics: org.apache.kafka.common.internals.Topic. */
export const TOPIC: Pattern = {
  regex: '^(?!\\.{1,2}$)[A-Za-z0-9._\\-]+$',
  says: 'a name that Kafka admits: letters, digits, `.`, `_` and `-`, and neither `.` nor `..`',
}
export const MAX_TOPIC_LENGTH = 249

export const WEB_ADDRESS: Pattern = {
  regex: '^https?://[^\\s/?#]+(?:[/?#]\\S*)?$',
  says: 'an address that begins with http:// or https://',
}

export const ONE_LINE: Pattern = {
  regex: '^\\S(?:[^\\r\\n]*\\S)?$',
  says: 'text on one line without space around it',
}

export const TAG_NAME: Pattern = {
  regex: '^[a-z][a-z0-9_\\-]*$',
  says: 'made of lower-case letters, digits, `_` and `-`, a letter first',
}

export const LINK_NAME: Pattern = {
  regex: '^[a-z][a-z0-9_\\-]*$',
  says: 'made of lower-case letters, digits, `_` and `-`, a letter first',
}

export const FIELD_PATH: Pattern = {
  regex: '^[^.\\s]+(?:\\.[^.\\s]+)*$',
  says: 'names of fields joined by dots, without white space',
}

export const DATE: Pattern = {
  regex: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$',
  says: 'a date such as 2027-03-31',
}

/** Words of a field's name, in lower case. */
export const WORDS: Pattern = {
  regex: '^[a-z0-9]+(?:[ _\\-][a-z0-9]+)*$',
  says: 'a word in lower case, or a few joined by `_`',
}

export const SCHEMA_PATH: Pattern = {
  regex: '^(?![A-Za-z][A-Za-z0-9+.\\-]*:)(?!/)[^\\\\\\s](?:[^\\\\\\r\\n]*[^\\\\\\s])?$',
  says: "a path relative to this contract's file, with `/` between folders",
}

export const FINDING_CODE: Pattern = {
  regex: `^(?:${Object.keys(INSPECT_ERRORS).join('|')})$`,
  says: 'the code of a warning as `assay validate` prints it',
}
