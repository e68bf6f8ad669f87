import type { ErrorEntry } from '../entry.ts'

/** Tests of rules: what is wrong with a test file, and what a run of tests finds. */
export const CONTRACT_TEST_ERRORS = {
  TEST_WITHOUT_CASES: {
    title: 'A test file that tests nothing',
    cause: 'The file is empty. It would pass for ever, whatever became of the rules.',
    mend: 'Write cases, or remove the file.',
  },
  TEST_WITHOUT_CONTRACT: {
    title: 'A test file without a contract',
    cause:
      '`<name>.contract.test.yaml` tests the contract `<name>.contract.yaml` in the same folder, and there is none.',
    mend: 'Give both files the same name, or remove the test.',
  },
  TEST_FILE_UNREADABLE: {
    title: 'A test file that can’t be read',
    cause: 'The file is not there any more, or may not be read.',
    mend: 'Check the path and who may read it.',
  },
  TEST_WITHOUT_RECORD: {
    title: 'A case without a record',
    cause: 'A case, a step and a base are about one record, and this one has none.',
    mend: 'Add `event`, `eventFile`, `base`, `raw`, `rawBase64` or `tombstone: true`; to a step also `silence: true`; or the `steps` of a case.',
  },
  TEST_WITH_SEVERAL_RECORDS: {
    title: 'More than one record where there can be one',
    cause: 'A case, a step and a base are about one record, so that what is expected has one meaning.',
    mend: 'Make a case of each, or the `steps` of one case.',
  },
  TEST_WITHOUT_VERDICT: {
    title: 'An expectation that expects nothing',
    cause:
      'The long form of an expected verdict has exactly one of `fail`, `error` and `skip`, and this one has none.',
    mend: 'Write the verdict, such as `{ fail: no_value }`, or the short form: `pass`, `fail`, `error` or `skip`.',
  },
  TEST_WITH_SEVERAL_VERDICTS: {
    title: 'Two verdicts of one rule',
    cause: 'A rule has one verdict on an event.',
    mend: 'Keep one of them.',
  },
  TEST_WITHOUT_STATUS: {
    title: 'An expected status that is none',
    cause: 'The long form of an expected status names one status with its reason, and this one names none.',
    mend: 'Write the status, such as `{ breached: silent }`, or the short form: `breached`.',
  },
  TEST_WITH_SEVERAL_STATUSES: {
    title: 'Two statuses of one rule',
    cause: 'After a step, a rule or promise has one status.',
    mend: 'Keep one of them.',
  },
  TEST_NO_STATUS: {
    title: 'A status that there never is',
    cause:
      'Only rules over the stream, rules with a tolerance (or the bound of `promises.validity`), rules that may cease to apply, and promises have a status. This one has none.',
    mend: 'Give the rule a `tolerance`, or expect verdicts of it with `expect`.',
  },
  TEST_NO_VERDICT: {
    title: 'A verdict of a rule that gives none on events',
    cause: 'Rules with `freshness` or `volume` are about the stream: no single event passes or fails them.',
    mend: 'Expect a status of it: `status: { still_flowing: ok }`.',
  },
  TEST_BAD_CHANGE: {
    title: 'An item of `changes` that is not one change',
    cause: 'Each item of `changes` is one rule or promise, and the status that it came to.',
    mend: 'Begin each change with a dash: `- still_flowing: breached`.',
  },
  TEST_TOO_MANY_RECORDS: {
    title: 'More records than a case may have',
    cause:
      'A case has at most 100,000 records, and repeated ones come within 31 days, so that tests stay fast.',
    mend: 'Lower `repeat` or `every`, or divide the case.',
  },
  TEST_TOO_LONG: {
    title: 'A case that lasts for longer than a year',
    cause:
      'Where statuses are expected, they are judged all the time that the case lasts, which is at most 366 days.',
    mend: 'Shorten the times between the steps.',
  },
  TEST_KEY_BESIDE_SILENCE: {
    title: 'A key that belongs to a record, beside a silence',
    cause: 'In a silence no record comes, so there are no key, no headers and no verdicts.',
    mend: 'Remove the key, or make a step of its own for the record.',
  },
  TEST_NOT_MOVING: {
    title: 'A field that can’t move with the clock',
    cause:
      'A base says that a field holds a time that moves with the clock, and the event has no time there.',
    mend: 'Correct the path under `moving`, or write a time there (ISO 8601, or milliseconds or seconds since 1970).',
  },
  TEST_DUPLICATE_CASE: {
    title: 'Two cases with the same name',
    cause: 'Messages, reports and `--case` know a case by its name.',
    mend: 'Give each case its own name. The message says where the first one stands.',
  },
  TEST_UNKNOWN_RULE: {
    title: 'A test that names an unknown rule',
    cause:
      'The contract has no rule with this id, so the expectation could never be met, or never be broken.',
    mend: 'Correct the id; the message suggests the nearest one.',
  },
  TEST_UNKNOWN_CASE: {
    title: 'An unknown case',
    cause: 'No test file has a case with the name that was asked for with --case.',
    mend: 'Write the whole name of the case, in quotes; the message suggests the nearest one.',
  },
  TEST_UNKNOWN_BASE: {
    title: 'A base that is not there',
    cause: 'The case names an entry of `bases` that the file does not have.',
    mend: 'Correct the name, or add the event to `bases` at the top of the file.',
  },
  TEST_EVENT_FILE: {
    title: 'An event file that can’t be used',
    cause: 'The file is not there, or holds something other than one event: it can’t be decoded.',
    mend: 'The path is relative to the test file, and the file holds one JSON value. What is meant to be undecodable is written as `raw` or `rawBase64`.',
  },
  TEST_EVENT_NOT_JSON: {
    title: 'An event with a value that JSON can’t write',
    cause: 'Events are sent as JSON, which has no infinity, no hexadecimal numbers and no leading zeros.',
    mend: 'Write the number as JSON does, or a text in quotes. What is not JSON at all is written as `raw`.',
  },
  TEST_EVENT_NOT_TEXT: {
    title: 'An event that is no text, for a topic of texts',
    cause: 'The contract has `format: string`, so its events are texts.',
    mend: 'Write a text after `event:`, in quotes where YAML would read something else.',
  },
  TEST_BAD_TIME: {
    title: 'A moment that does not exist',
    cause: 'The text has the form of a date and time, but there is no such day or time.',
    mend: 'Correct it, as in 2026-03-02T12:00:00Z.',
  },
  TEST_NOW_MISSING: {
    title: 'A case that does not say what time it is',
    cause:
      'A rule of the contract asks for the time ($now, $millis or $timestamp), or the case expects statuses, which depend on it. With the time of the machine the test would pass today and fail next year.',
    mend: 'Write `now: 2026-03-02T12:00:00Z`, say, at the top of the test file or in the case.',
  },
  TEST_STEP_TIME: {
    title: 'A step that comes at no possible time',
    cause: 'Steps come in order: none comes before the one before it, and each has one time.',
    mend: 'Write the steps in the order in which they come, each with `at` (from the start) or `after` (from the one before), or with neither.',
  },
  TEST_KEY_BESIDE_STEPS: {
    title: 'A key that belongs to one record, beside several',
    cause: 'In a case with `steps`, each step has its own key, headers, timestamp and expectations.',
    mend: 'Move the key into the step that it is about.',
  },
  NOTHING_TESTED: {
    title: 'No tests were found',
    cause: 'Below the paths there is no file named *.contract.test.yaml.',
    mend: 'Write one beside a contract. A run that tests nothing is a mistake, not a success.',
  },
  RULE_CHANGES_WITH_COUNT: {
    title: 'A rule whose verdict depends on how many items a list has',
    cause:
      'JSONata takes a list with one item for that item, and one without items for no value. So an assertion may hold for one item, and not be able to compare two, or none. It was tried with 0, 1 and 2 items of an event that passes.',
    mend: 'Follow the hint: count with $count, write `[]` after the path, test each item, or say `missing: skip`. If it is meant, write a case with that many items that names the rule.',
  },
} as const satisfies Record<string, ErrorEntry>
