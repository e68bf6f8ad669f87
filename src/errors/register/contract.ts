import { type ErrorEntry, lines } from '../entry.ts'

/** What contract files may not say. */
export const CONTRACT_ERRORS = {
  CONTRACT_UNKNOWN_KEY: {
    title: 'A key that the contract language does not have',
    cause: 'Unknown keys are refused, so that a typing mistake is never silently ignored.',
    mend: 'Correct the key (the message suggests the nearest known one) or remove it.',
    example: {
      wrong: lines(
        'rules:',
        '  - id: price_is_positive',
        '    severty: warning',
        '    assert: ad.price.amount > 0',
      ),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    severity: warning',
        '    assert: ad.price.amount > 0',
      ),
    },
  },
  CONTRACT_EMPTY: {
    title: 'A file with nothing in it',
    cause: 'The file holds only white space and comments.',
    mend: 'Write the contract, beginning with `apiVersion: assay/v1`, or remove the file.',
  },
  CONTRACT_TOO_LARGE: {
    title: 'A file that is too large',
    cause: 'Files above 1 MiB are not read: no contract that people review is that long.',
    mend: 'Split the contract: several contracts may watch one topic.',
  },
  CONTRACT_MISSING_KEY: {
    title: 'A required key is missing',
    cause: 'The contract language needs this key to know what to judge, or whom to tell.',
    mend: 'Add the key. The hint says what it means, with an example.',
  },
  CONTRACT_WRONG_TYPE: {
    title: 'A value of the wrong type',
    cause:
      'A list, mapping, number or nothing stands where another type is expected. Often YAML reads an unquoted value as a number or boolean.',
    mend: 'Write a value of the expected type; put text that looks like a number in quotes.',
    example: {
      wrong: lines('version: 1.2'),
      right: lines('version: 1.2.0'),
    },
  },
  CONTRACT_UNKNOWN_VALUE: {
    title: 'A word outside of a closed set',
    cause: 'The key admits only certain words.',
    mend: 'Choose one of the words that the message lists.',
    example: {
      wrong: lines('tombstones: pass'),
      right: lines('tombstones: ignore'),
    },
  },
  CONTRACT_BAD_VALUE: {
    title: 'A value of the wrong form',
    cause:
      'Ids, versions, topics, addresses, paths and durations have a form that others rely on: Kafka, metric tags, links.',
    mend: 'Write the value in the form that the message names.',
    example: {
      wrong: lines('links: { runbook: wiki/ads }'),
      right: lines('links: { runbook: "https://wiki.example.org/ads" }'),
    },
  },
  CONTRACT_BAD_NUMBER: {
    title: 'A number out of its range',
    cause:
      'The number is outside of the bounds, not finite, too large to be kept exactly, or begins with a zero.',
    mend: 'Write a number within the bounds that the message names.',
    example: {
      wrong: lines('promises:', '  validity: { objective: 100, window: 30d }'),
      right: lines('promises:', '  validity: { objective: 99.9, window: 30d }'),
    },
  },
  CONTRACT_TOO_LONG: {
    title: 'A name that is too long',
    cause:
      'Names become metric tags, which are cut after 200 characters, and Kafka limits the names of topics.',
    mend: 'Shorten the name.',
  },
  CONTRACT_EMPTY_LIST: {
    title: 'A list with nothing in it',
    cause: 'A contract without rules promises nothing, yet would show as good for ever.',
    mend: 'Add an item, or remove the file.',
  },
  CONTRACT_KEY_ALONE: {
    title: 'A key without the one that it belongs to',
    cause: 'The key changes how another key works, and that one is not there.',
    mend: 'Remove the key, or add the one that the message names.',
    example: {
      wrong: lines('rules:', '  - id: shape', '    missing: skip', '    schema: ./schemas/ad.schema.json'),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    missing: skip',
        '    assert: ad.price.amount > 0',
      ),
    },
  },
  CONTRACT_KEYS_CLASH: {
    title: 'Two keys of which only one may be there',
    cause: 'Both keys answer the same question, and only one answer can hold.',
    mend: 'Remove one of the two.',
    example: {
      wrong: lines('schemaFile: ./schemas/ad.schema.json', 'schemaFrom: registry'),
      right: 'schemaFrom: registry',
    },
  },
  RULE_WITHOUT_CHECK: {
    title: 'A rule that checks nothing, or a policy that demands nothing',
    cause:
      'A rule has exactly one check (`assert`, `schema`, `freshness` or `volume`), a policy exactly one demand, and this one has none.',
    mend: 'Add one, or remove the rule or policy.',
    example: {
      wrong: lines('rules:', '  - id: price_is_positive', '    description: An ad has a price above zero.'),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    description: An ad has a price above zero.',
        '    assert: ad.price.amount > 0',
      ),
    },
  },
  RULE_WITH_SEVERAL_CHECKS: {
    title: 'A rule with more than one check, or a policy with more than one demand',
    cause: 'A rule is one promise, so that its failures have one meaning. So is a policy.',
    mend: 'Make one of each.',
    example: {
      wrong: lines(
        'rules:',
        '  - id: ad',
        '    assert: ad.price.amount > 0',
        '    schema: ./schemas/ad.schema.json',
      ),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    assert: ad.price.amount > 0',
        '  - id: ad_has_title',
        '    assert: $exists(ad.title)',
      ),
    },
  },
  VOLUME_WITHOUT_BOUND: {
    title: 'A volume without bounds',
    cause: 'Without `min` and `max`, any number of events is right, and the rule says nothing.',
    mend: 'Add the fewest or the most events of a window, or both.',
    example: {
      wrong: lines('rules:', '  - id: usual_volume', '    volume: { over: 5m }'),
      right: lines('rules:', '  - id: usual_volume', '    volume: { over: 5m, min: 100 }'),
    },
  },
  RULE_BOUNDS_CROSSED: {
    title: 'Two bounds that exclude one another',
    cause:
      'The lower bound is above the upper one, so that no window can be right; or a rule would be breached before it warns.',
    mend: 'Correct the bound that is wrong; most often the two are swapped.',
    example: {
      wrong: lines('rules:', '  - id: usual_volume', '    volume: { over: 5m, min: 500, max: 100 }'),
      right: lines('rules:', '  - id: usual_volume', '    volume: { over: 5m, min: 100, max: 500 }'),
    },
  },
  RULE_CAN_NEVER_FAIL: {
    title: 'A rule that can never say that something is wrong',
    cause:
      'Its exceptions leave no time in which it could: none at all, no whole window, or less than the silence that it allows. Or its bound is one that nothing can be above.',
    mend: 'Shorten the exceptions, or the window or silence, or lower the bound.',
    example: {
      wrong: lines(
        'rules:',
        '  - id: still_flowing',
        '    freshness: { within: 5m, except: [{ timezone: Europe/Paris }] }',
      ),
      right: lines(
        'rules:',
        '  - id: still_flowing',
        '    freshness: { within: 5m, except: [{ days: [sat, sun], timezone: Europe/Paris }] }',
      ),
    },
  },
  LATENESS_TOO_LONG: {
    title: 'A lateness of more than ten windows',
    cause:
      'Each window is judged that long after its end, so that nobody would learn in time of what is wrong, and more than ten windows would have to be kept.',
    mend: 'Shorten `lateness`, or lengthen `over`.',
    example: {
      wrong: lines('rules:', '  - id: usual_volume', '    volume: { over: 1m, min: 1, lateness: 1h }'),
      right: lines('rules:', '  - id: usual_volume', '    volume: { over: 1h, min: 1, lateness: 1h }'),
    },
  },
  UNKNOWN_TIME_ZONE: {
    title: 'A time zone that is not known',
    cause:
      'The name is none of the IANA data base, or is an offset such as +02:00, which would be wrong for half of the year.',
    mend: 'Write the name of the place whose clocks are meant, such as Europe/Paris, or UTC.',
    example: {
      wrong: lines(
        'rules:',
        '  - id: still_flowing',
        '    freshness: { within: 5m, except: [{ days: [sun], timezone: Paris }] }',
      ),
      right: lines(
        'rules:',
        '  - id: still_flowing',
        '    freshness: { within: 5m, except: [{ days: [sun], timezone: Europe/Paris }] }',
      ),
    },
  },
  RULE_DUPLICATE_ID: {
    title: 'Two rules, or policies, of one file with the same id',
    cause: 'Metrics, monitors and messages know a rule by its id, so two of them would be counted as one.',
    mend: 'Give each rule its own id. The message says where the first one stands.',
    example: {
      wrong: lines(
        'rules:',
        '  - id: price',
        '    assert: ad.price.amount > 0',
        '  - id: price',
        '    assert: ad.price.currency = "EUR"',
      ),
      right: lines(
        'rules:',
        '  - id: price_is_positive',
        '    assert: ad.price.amount > 0',
        '  - id: price_is_in_euros',
        '    assert: ad.price.currency = "EUR"',
      ),
    },
  },
  TAG_COLLISION: {
    title: 'Two names that become the same metric tag',
    cause:
      'Metric tags are lower case and keep only letters, digits and a few signs. Names that differ in nothing else are counted as one.',
    mend: 'Choose names that still differ in lower case, with every other character read as `_`.',
  },
  CONTRACT_UNKNOWN_RULE: {
    title: 'A promise about a rule, or a waiver of a policy, that is not there',
    cause: 'It names the id of a rule or policy, and the file has none of that id.',
    mend: 'Correct the id, or add what it names.',
  },
  CONTRACT_WRONG_RULE_KIND: {
    title: 'A promise about a rule of another kind',
    cause: 'The promise needs a rule with a certain check, and the rule that it names has another one.',
    mend: 'Name a rule with that check, or remove the promise.',
  },
  FEATURE_NOT_SUPPORTED_YET: {
    title: 'A part of the contract language that is planned',
    cause:
      'The key or value is known, but this version can not do it yet. It is refused, so that nobody relies on what is not judged.',
    mend: 'Remove it for now, or use a version that supports it.',
  },
  CONTRACT_DUPLICATE_ID: {
    title: 'Two contracts with the same id',
    cause: 'Metrics and dashboards know a contract by its id, so two of them would be counted as one.',
    mend: 'Give each contract its own id. The message says where the other one stands.',
  },
  CONTRACT_FORMAT_CONFLICT: {
    title: 'Contracts on one topic that disagree on its format',
    cause:
      'A record is decoded once for all contracts that watch its topic, so they must agree on how it is written.',
    mend: 'Write the same `format` in all of them. A contract without `format` says `auto`.',
  },
} as const satisfies Record<string, ErrorEntry>
