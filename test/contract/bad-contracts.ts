/** What a problem must say: its place and code exactly, and parts of its message and hint. */
export type Expected = readonly [placeAndCode: string, message: string, hint: string]

/** All problems of each `test/fixtures/contracts/<mistake>.bad.yaml`, in order. */
export const BAD_CONTRACTS: Readonly<Record<string, readonly Expected[]>> = {
  absolute_schema_path: [
    [
      '9:13 [CONTRACT_BAD_VALUE]',
      'rule "shape": `schema` must be a path relative to this contract\'s',
      'For example: `schema:',
    ],
  ],
  backtick_start: [
    [
      '9:13 [YAML_SYNTAX]',
      'a value must not begin with this character',
      'YAML reserves it. Put an expression in a block',
    ],
  ],
  bad_contract_id: [
    [
      '2:5 [CONTRACT_BAD_VALUE]',
      '`id` must be made of letters, digits, `.`, `_` and `-`, a letter',
      'For example: `id: ads.ad-published`.',
    ],
  ],
  bad_domain: [
    [
      '5:9 [CONTRACT_BAD_VALUE]',
      '`domain` must be made of lower-case letters, digits and `-`, a letter',
      'For example: `domain: ads`.',
    ],
  ],
  bad_escape: [
    [
      '9:25 [YAML_SYNTAX]',
      'this escape sequence has no meaning inside double quotes',
      "Write the backslash twice, or use 'single quotes',",
    ],
  ],
  bad_field_path: [
    [
      '8:3 [CONTRACT_BAD_VALUE]',
      'a path of a field must be names of fields joined by dots, without',
      'Rename "user..email".',
    ],
  ],
  bad_indentation: [
    [
      '9:4 [YAML_SYNTAX]',
      'the indentation does not fit the lines around it',
      'Keys of one mapping, and the dashes of one list,',
    ],
  ],
  bad_link: [
    [
      '7:19 [CONTRACT_BAD_VALUE]',
      '`links.runbook` must be an address that begins with http:// or',
      'For example: `links: { runbook:',
    ],
  ],
  bad_link_name: [
    [
      '7:10 [CONTRACT_BAD_VALUE]',
      'a name of a link must be made of lower-case letters, digits, `_` and',
      'Rename "run book".',
    ],
  ],
  bad_rule_id: [
    [
      '8:9 [CONTRACT_BAD_VALUE]',
      'rule "PriceIsPositive": `id` must be in snake_case: lower-case',
      'For example: `id: price_is_positive`.',
    ],
  ],
  bad_topic: [
    [
      '4:8 [CONTRACT_BAD_VALUE]',
      '`topic` must be a name that Kafka admits: letters, digits, `.`, `_`',
      'For example: `topic: ads.ad-published.v1`.',
    ],
  ],
  bad_version: [
    [
      '3:10 [CONTRACT_BAD_VALUE]',
      '`version` must be a semantic version: three numbers such as 1.2.0;',
      'For example: `version: 1.2.0`.',
    ],
  ],
  bad_window: [
    [
      '8:38 [CONTRACT_BAD_VALUE]',
      '`promises.validity.window` must be a whole number above zero with a',
      'For example: `window: 30d`.',
    ],
  ],
  blank_expression: [
    [
      '9:13 [CONTRACT_BAD_VALUE]',
      'rule "a": `assert` must be more than white space; found "  "',
      'For example: `assert: ad.price.amount > 0`.',
    ],
  ],
  block_header_with_text: [
    [
      '9:15 [YAML_SYNTAX]',
      'after `|` or `>` the line must end',
      'Begin the text on the next line, indented. If the',
    ],
  ],
  boolean_expression: [
    [
      '9:13 [CONTRACT_WRONG_TYPE]',
      'rule "a": `assert` must be a JSONata expression, but is the boolean',
      'Put it in quotes, so that YAML reads it as text:',
    ],
  ],
  check_not_supported_yet: [
    [
      '9:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "still_flowing": `freshness` is part of the contract language,',
      'Remove it for now; a later version will read it.',
    ],
  ],
  colliding_rule_ids: [
    [
      '10:9 [TAG_COLLISION]',
      'rule "no__price": as a metric tag its `id` is the same as that of rule',
      'Give each rule its own `id`: metrics, monitors and',
    ],
    [
      '10:9 [CONTRACT_BAD_VALUE]',
      'rule "no__price": `id` must be in snake_case: lower-case letters,',
      'For example: `id: price_is_positive`.',
    ],
  ],
  colon_in_expression: [
    [
      '9:13 [YAML_SYNTAX]',
      'this value holds a colon that makes it look like a key with a value of',
      'If the colon belongs to the value: put an',
    ],
  ],
  contract_key_in_rule: [
    [
      '10:5 [CONTRACT_UNKNOWN_KEY]',
      'rule "price_is_positive": a rule has no key `owner`',
      '`owner` belongs to a contract: check the',
    ],
  ],
  'design-example-planned': [
    [
      '29:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "price_is_positive": `tolerance` is part of the contract',
      'Remove it for now; a later version will read it.',
    ],
    [
      '31:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "still_flowing": `freshness` is part of the contract language,',
      'Remove it for now; a later version will read it.',
    ],
    [
      '33:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "usual_volume": `volume` is part of the contract language, but',
      'Remove it for now; a later version will read it.',
    ],
    [
      '35:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "no_duplicates": `unique` is part of the contract language, but',
      'Remove it for now; a later version will read it.',
    ],
  ],
  duplicate_key: [
    [
      '7:1 [YAML_DUPLICATE_KEY]',
      'the key "owner" was already given at 6:1',
      'Keep one of the two. A mapping can hold a key only',
    ],
  ],
  duplicate_key_in_rule: [
    [
      '10:5 [YAML_DUPLICATE_KEY]',
      'rule "price_is_positive": the key "assert" was already given at 9:5',
      'Keep one of the two. A mapping can hold a key only',
    ],
  ],
  duplicate_rule_id: [
    [
      '10:9 [RULE_DUPLICATE_ID]',
      'rule "price_is_positive": another rule at 8:9 has the same `id`',
      'Give each rule its own `id`: metrics, monitors and',
    ],
  ],
  empty: [
    [
      '1:1 [CONTRACT_EMPTY]',
      'the file holds nothing but white space and comments',
      'Begin with `apiVersion: assay/v1`, or remove the',
    ],
  ],
  empty_rules: [
    [
      '7:8 [CONTRACT_EMPTY_LIST]',
      '`rules` must have at least one item',
      'For example: `rules: [{ id: price_is_positive,',
    ],
  ],
  empty_value: [
    [
      '6:1 [CONTRACT_WRONG_TYPE]',
      '`owner` must be text, but is nothing',
      'For example: `owner: team-search`.',
    ],
  ],
  expression_like_alias: [
    [
      '9:22 [YAML_SYNTAX]',
      'the value has ended before this, yet more follows on its line',
      'A value that begins with a quote or bracket ends',
    ],
  ],
  format_not_supported_yet: [
    [
      '7:9 [FEATURE_NOT_SUPPORTED_YET]',
      '`format` "avro" is part of the contract language, but not supported',
      'Remove it for now; a later version will read it.',
    ],
  ],
  key_without_colon: [
    [
      '7:1 [YAML_SYNTAX]',
      'this looks like a key, but no colon and value follow on its line',
      'Write `key: value` with a space after the colon. A',
    ],
  ],
  list_as_key: [
    ['7:3 [YAML_KEY_NOT_TEXT]', 'a key must be plain text', 'Write the key as one word before the colon,'],
  ],
  list_as_mapping: [
    [
      '7:8 [CONTRACT_WRONG_TYPE]',
      '`links` must be a mapping of names to values, but is a list',
      'For example: `links: { runbook:',
    ],
  ],
  list_on_line_of_key: [
    [
      '7:12 [YAML_SYNTAX]',
      'a list can not begin on the line of its key',
      'Begin the list on the next line. If the value is',
    ],
  ],
  mapping_as_expression: [
    [
      '9:13 [CONTRACT_WRONG_TYPE]',
      'rule "a": `assert` must be a JSONata expression, but is a mapping',
      'Put the expression in a block: `|` after the',
    ],
  ],
  merge_key: [
    [
      '10:5 [YAML_MERGE_KEY]',
      'merge keys (`<<`) belong to YAML 1.1 and are not enabled',
      'Write the keys out. A whole value can be repeated',
    ],
  ],
  missing_key: [
    ['1:1 [CONTRACT_MISSING_KEY]', '`owner` is missing', 'Add `owner: team-search`, say. The team that'],
  ],
  missing_keys: [
    [
      '1:1 [CONTRACT_MISSING_KEY]',
      '`apiVersion` is missing',
      'Add `apiVersion: assay/v1`, say. The version of',
    ],
    ['1:1 [CONTRACT_MISSING_KEY]', '`id` is missing', 'Add `id: ads.ad-published`, say. Stable name of'],
    [
      '1:1 [CONTRACT_MISSING_KEY]',
      '`version` is missing',
      'Add `version: 1.2.0`, say. Version of the contract',
    ],
    ['1:1 [CONTRACT_MISSING_KEY]', '`topic` is missing', 'Add `topic: ads.ad-published.v1`, say. The Kafka'],
    ['1:1 [CONTRACT_MISSING_KEY]', '`domain` is missing', 'Add `domain: ads`, say. The domain that the'],
    ['1:1 [CONTRACT_MISSING_KEY]', '`owner` is missing', 'Add `owner: team-search`, say. The team that'],
  ],
  missing_rules: [
    ['1:1 [CONTRACT_MISSING_KEY]', '`rules` is missing', 'Add `rules: [{ id: price_is_positive, assert:'],
  ],
  missing_without_assert: [
    [
      '10:5 [CONTRACT_KEY_ALONE]',
      'rule "shape": `missing` has a meaning only beside `assert`',
      'Remove `missing`, or add `assert`.',
    ],
  ],
  misspelt_planned_check: [
    [
      '10:5 [RULE_WITHOUT_CHECK]',
      'rule "b": a check is missing',
      'Add exactly one of `assert` or `schema`: `assert:',
    ],
    ['11:5 [CONTRACT_UNKNOWN_KEY]', 'rule "b": a rule has no key `volum`', 'Did you mean `volume`?'],
  ],
  misspelt_promise: [
    [
      '8:22 [CONTRACT_UNKNOWN_RULE]',
      '`promises.freshness.rule` names rule "stil_flowing", which is not in',
      'Did you mean "still_flowing"?',
    ],
    [
      '13:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "still_flowing": `freshness` is part of the contract language,',
      'Remove it for now; a later version will read it.',
    ],
  ],
  misspelt_rule_key_at_top: [
    [
      '7:1 [CONTRACT_UNKNOWN_KEY]',
      'a contract has no key `severty`',
      'Did you mean `severity`? It belongs to a rule.',
    ],
  ],
  nested_too_deeply: [
    [
      '1:57 [YAML_TOO_DEEP]',
      'lists or mappings are nested too deeply to be read',
      'No contract needs more than a handful of levels:',
    ],
  ],
  not_a_mapping: [
    [
      '1:1 [CONTRACT_WRONG_TYPE]',
      'a contract must be a mapping of keys to values, but is a list',
      'For example: `apiVersion: assay/v1`.',
    ],
  ],
  number_as_text: [
    [
      '3:10 [CONTRACT_WRONG_TYPE]',
      '`version` must be text, but is the number 1.2',
      'For example: `version: 1.2.0`.',
    ],
  ],
  number_in_list: [
    [
      '7:16 [CONTRACT_WRONG_TYPE]',
      'item 2 of `consumers` must be text, but is the number 7',
      'Put it in quotes, so that YAML reads it as text:',
    ],
  ],
  objective_as_text: [
    [
      '8:26 [CONTRACT_WRONG_TYPE]',
      '`promises.validity.objective` must be a number, but is the text',
      'Write it without quotes or unit. For example:',
    ],
  ],
  objective_octal: [
    [
      '8:26 [CONTRACT_BAD_NUMBER]',
      '`promises.validity.objective` must not begin with a zero, which some',
      'For example: `objective: 99.9`.',
    ],
  ],
  objective_out_of_range: [
    [
      '8:26 [CONTRACT_BAD_NUMBER]',
      '`promises.validity.objective` must be above 0 and below 100, but is',
      'For example: `objective: 99.9`.',
    ],
  ],
  objective_too_large: [
    [
      '8:26 [CONTRACT_BAD_NUMBER]',
      '`promises.validity.objective` must be a number that can be kept',
      'For example: `objective: 99.9`.',
    ],
  ],
  old_yaml_version: [
    [
      '1:1 [YAML_DIRECTIVE]',
      'the file asks to be read as YAML 1.1, in which `no` is a boolean',
      'Remove the `%YAML` line. Contracts are YAML 1.2.',
    ],
  ],
  only_comments: [
    [
      '1:1 [CONTRACT_EMPTY]',
      'the file holds nothing but white space and comments',
      'Begin with `apiVersion: assay/v1`, or remove the',
    ],
  ],
  owner_without_tag: [
    [
      '6:8 [CONTRACT_BAD_VALUE]',
      '`owner` must be a name on one line, with at least one ASCII letter or',
      'For example: `owner: team-search`.',
    ],
  ],
  plain_text: [
    [
      '1:1 [CONTRACT_WRONG_TYPE]',
      'a contract must be a mapping of keys to values, but is the text',
      'For example: `apiVersion: assay/v1`.',
    ],
  ],
  promise_of_unknown_rule: [
    [
      '8:22 [CONTRACT_UNKNOWN_RULE]',
      '`promises.freshness.rule` names rule "still_flowing", which is not in',
      'Add a rule with `freshness`, or remove what refers',
    ],
  ],
  promise_of_wrong_rule: [
    [
      '8:22 [CONTRACT_WRONG_RULE_KIND]',
      '`promises.freshness.rule` names rule "price_is_positive", which has no',
      'Add a rule with `freshness`, or remove what refers',
    ],
  ],
  quoted_start: [
    [
      '9:17 [YAML_SYNTAX]',
      'the value has ended before this, yet more follows on its line',
      'A value that begins with a quote or bracket ends',
    ],
  ],
  rule_instead_of_rules: [
    ['1:1 [CONTRACT_MISSING_KEY]', '`rules` is missing', 'Add `rules: [{ id: price_is_positive, assert:'],
    ['7:1 [CONTRACT_UNKNOWN_KEY]', 'a contract has no key `rule`', 'Did you mean `rules`? `rule` belongs to'],
  ],
  rule_key_at_top: [
    [
      '7:1 [CONTRACT_UNKNOWN_KEY]',
      'a contract has no key `severity`',
      '`severity` belongs to a rule: check the',
    ],
  ],
  rule_key_not_supported_yet: [
    [
      '10:5 [FEATURE_NOT_SUPPORTED_YET]',
      'rule "price_is_positive": `tolerance` is part of the contract',
      'Remove it for now; a later version will read it.',
    ],
  ],
  rule_with_two_checks: [
    [
      '10:5 [RULE_WITH_SEVERAL_CHECKS]',
      'rule "both": only one check is allowed; found `assert` (line 9) and',
      'A rule is one promise, so that its failures have',
    ],
  ],
  rule_without_check: [
    [
      '10:5 [RULE_WITHOUT_CHECK]',
      'rule "nothing": a check is missing',
      'Add exactly one of `assert` or `schema`: `assert:',
    ],
  ],
  rule_without_id: [
    [
      '10:5 [CONTRACT_MISSING_KEY]',
      'rule 2: `id` is missing',
      'Add `id: price_is_positive`, say. Stable name of',
    ],
  ],
  rules_as_mapping: [
    [
      '8:3 [CONTRACT_WRONG_TYPE]',
      '`rules` must be a list, but is a mapping',
      'Begin each item with a dash and a space. For',
    ],
  ],
  scalar_in_flow_without_comma: [
    [
      '7:12 [YAML_SYNTAX]',
      'a list in `[ ]` or a mapping in `{ }` is not well formed or never',
      'Check that every bracket is closed and that commas',
    ],
  ],
  schema_by_address: [
    [
      '9:13 [CONTRACT_BAD_VALUE]',
      'rule "shape": `schema` must be a path relative to this contract\'s',
      'For example: `schema:',
    ],
  ],
  several_mistakes: [
    ['1:1 [CONTRACT_MISSING_KEY]', '`owner` is missing', 'Add `owner: team-search`, say. The team that'],
    [
      '6:9 [CONTRACT_UNKNOWN_VALUE]',
      '`format` must be one of `auto`, `json`, `string`; found "xml"',
      '`auto`: The format is recognised from the first',
    ],
    [
      '8:9 [CONTRACT_BAD_VALUE]',
      'rule "Bad": `id` must be in snake_case: lower-case letters, digits and',
      'For example: `id: price_is_positive`.',
    ],
    [
      '10:5 [RULE_WITHOUT_CHECK]',
      'rule "good": a check is missing',
      'Add exactly one of `assert` or `schema`: `assert:',
    ],
    ['11:5 [CONTRACT_UNKNOWN_KEY]', 'rule "good": a rule has no key `asert`', 'Did you mean `assert`?'],
  ],
  tab_indentation: [
    ['8:1 [YAML_TAB]', 'a tab stands where YAML wants spaces', 'Indent with spaces: two for each level.'],
  ],
  text_as_list: [
    [
      '7:12 [CONTRACT_WRONG_TYPE]',
      '`consumers` must be a list, but is the text "search-indexer"',
      'Begin each item with a dash and a space. For',
    ],
  ],
  text_as_rule: [
    [
      '10:5 [CONTRACT_WRONG_TYPE]',
      'item 2 of `rules` must be a mapping of keys to values, but is the text',
      'For example: `rules: [{ id: price_is_positive,',
    ],
  ],
  too_long_contract_id: [
    [
      '2:5 [CONTRACT_TOO_LONG]',
      '`id` has 101 characters; at most 100 are allowed',
      'Shorten it. For example: `id: ads.ad-published`.',
    ],
  ],
  too_long_rule_id: [
    [
      '8:9 [CONTRACT_TOO_LONG]',
      'rule "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…":',
      'Shorten it. For example: `id: price_is_positive`.',
    ],
  ],
  too_long_topic: [
    [
      '4:8 [CONTRACT_TOO_LONG]',
      '`topic` has 250 characters; at most 249 are allowed',
      'Shorten it. For example: `topic:',
    ],
  ],
  too_many_aliases: [
    [
      '109:5 [YAML_TOO_MANY_ALIASES]',
      'the file has 101 aliases; at most 100 are allowed',
      'Write repeated values out, or split the contract.',
    ],
  ],
  topic_dot_dot: [
    [
      '4:8 [CONTRACT_BAD_VALUE]',
      '`topic` must be a name that Kafka admits: letters, digits, `.`, `_`',
      'For example: `topic: ads.ad-published.v1`.',
    ],
  ],
  two_documents: [
    [
      '10:1 [YAML_SEVERAL_DOCUMENTS]',
      'a second document begins here, and a file is one contract',
      'Move what follows into a file of its own.',
    ],
  ],
  unclosed_bracket: [
    [
      '7:12 [YAML_SYNTAX]',
      'a list in `[ ]` or a mapping in `{ }` is not well formed or never',
      'Check that every bracket is closed and that commas',
    ],
  ],
  unclosed_quote: [
    [
      '9:13 [YAML_SYNTAX]',
      'a quote is opened and never closed',
      "Close the quote. Inside 'single quotes' a quote is",
    ],
  ],
  unknown_alias: [
    [
      '7:14 [YAML_ALIAS]',
      'the alias `*text` has no anchor `&text` before it',
      'If an expression that begins with `*` was meant,',
    ],
  ],
  unknown_dimension: [
    [
      '10:16 [CONTRACT_UNKNOWN_VALUE]',
      'rule "price_is_positive": `dimension` must be one of `accuracy`,',
      'Did you mean `accuracy`?',
    ],
  ],
  unknown_format: [
    [
      '7:9 [CONTRACT_UNKNOWN_VALUE]',
      '`format` must be one of `auto`, `json`, `string`; found "jsn"',
      'Did you mean `json`?',
    ],
  ],
  unknown_key: [['7:1 [CONTRACT_UNKNOWN_KEY]', 'a contract has no key `ower`', 'Did you mean `owner`?']],
  unknown_key_constructor: [
    [
      '7:1 [CONTRACT_UNKNOWN_KEY]',
      'a contract has no key `constructor`',
      'A contract has the keys `apiVersion`, `id`,',
    ],
  ],
  unknown_key_far: [
    [
      '7:1 [CONTRACT_UNKNOWN_KEY]',
      'a contract has no key `kubernetes`',
      'A contract has the keys `apiVersion`, `id`,',
    ],
  ],
  unknown_nested_key: [
    ['7:13 [CONTRACT_UNKNOWN_KEY]', '`producer` has no key `taem`', 'Did you mean `team`?'],
  ],
  unknown_pii: [
    [
      '8:22 [CONTRACT_UNKNOWN_VALUE]',
      '`fields.user.email.pii` must be one of `high`, `low`; found "medium"',
      '`high`: Tells who a person is, or what must stay',
    ],
  ],
  unknown_rule_key: [
    [
      '10:5 [CONTRACT_UNKNOWN_KEY]',
      'rule "price_is_positive": a rule has no key `asert`',
      'Did you mean `assert`?',
    ],
  ],
  unknown_severity: [
    [
      '10:15 [CONTRACT_UNKNOWN_VALUE]',
      'rule "price_is_positive": `severity` must be one of `error`,',
      'Did you mean `warning`?',
    ],
  ],
  unknown_tag: [
    [
      '7:14 [YAML_TAG]',
      'a tag (`!…`) changes the type of this value, and contracts know no',
      'Remove the tag. If the value is meant to begin',
    ],
  ],
  unknown_tombstones: [
    [
      '7:13 [CONTRACT_UNKNOWN_VALUE]',
      '`tombstones` must be one of `ignore`, `fail`; found "pass"',
      '`ignore`: A null value is neither good nor bad.',
    ],
  ],
  window_without_unit: [
    [
      '8:38 [CONTRACT_WRONG_TYPE]',
      '`promises.validity.window` must be a length of time such as 30d, but',
      'For example: `window: 30d`.',
    ],
  ],
  wrong_api_version: [
    [
      '1:13 [CONTRACT_UNKNOWN_VALUE]',
      '`apiVersion` must be `assay/v1`; found "assay/v2"',
      'Did you mean `assay/v1`?',
    ],
  ],
}
