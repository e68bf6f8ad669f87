import { SCHEMA_PATH } from '../contract/shape-patterns.ts'
import type { Pattern } from '../contract/shape.ts'

/** RFC 3339, with the offset that makes it a moment. */
export const INSTANT: Pattern = {
  regex: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+\\-]\\d{2}:\\d{2})$',
  says: 'a date and time with seconds and offset, such as 2026-03-02T12:00:00Z',
}

/** A length of time that may be none: at most six digits, so that no sum of them is ever too large. */
export const DELAY: Pattern = {
  regex: '^\\d{1,6}(?:ms|s|m|h|d)$',
  says: 'a whole number with a unit (ms, s, m, h or d), such as 90s',
}

export const EVENT_PATH: Pattern = {
  regex: SCHEMA_PATH.regex,
  says: 'a path relative to this file, with `/` between folders',
}

export const BASE64: Pattern = {
  regex: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  says: 'bytes in base64 (RFC 4648, with padding)',
}

/** Names of bases and headers: whatever can be seen. */
export const VISIBLE_NAME: Pattern = {
  regex: '^\\S(?:[^\\r\\n]*\\S)?$',
  says: 'on one line, without space around it',
}

export const RULE_NAME: Pattern = { regex: '', says: 'the id of a rule of the contract' }

export const STATUS_NAME: Pattern = {
  regex: '',
  says: 'the id of a rule of the contract, or one of its promises',
}
