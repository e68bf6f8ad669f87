/** Mistakes that the parser finds and a JSON Schema has no words for, by the reason. The list is closed: a test fails for others. */
const CONTRACTS: Readonly<Record<string, readonly string[]>> = {
  'that no two items have the same value of one key can not be said': ['duplicate_rule_id'],
  'one value can not refer to another': [
    'misspelt_promise',
    'promise_of_unknown_rule',
    'promise_of_wrong_rule',
  ],
  'it is gone, or has become something right, once YAML is read': [
    'latin1',
    'nul_bytes',
    'objective_octal',
    'old_yaml_version',
    'too_many_aliases',
    'unknown_tag',
  ],
  'an expression is a text like any other': [
    'condition_ends_early',
    'expression_double_equals',
    'expression_ends_early',
    'expression_eval',
    'expression_function_without_dollar',
    'expression_in_block',
    'expression_lookaround',
    'expression_random',
    'expression_unclosed_bracket',
    'expression_unclosed_text',
    'expression_unknown_function',
    'expression_unknown_variable',
    'time_field_ends_early',
  ],
  'the mistake is in another file': [
    'schema_asynchronous',
    'schema_is_folder',
    'schema_lookaround',
    'schema_mistake_in_other_file',
    'schema_not_a_schema',
    'schema_not_json',
    'schema_not_there',
    'schema_ref_circular',
    'schema_ref_circular_over_files',
    'schema_ref_nowhere',
    'schema_ref_to_file_address',
    'schema_ref_to_network',
    'schema_ref_to_itself',
    'schema_unknown_draft',
    'schema_unknown_format',
    'schema_unknown_keyword',
    'schema_unknown_type',
  ],
}

/** The same for policy files. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  'that no two items have the same value of one key can not be said': ['duplicate_policy_id'],
  'one value can not refer to another': ['waiver_of_unknown_policy'],
  'a key of the contract language is a text like any other': [
    'key_below_word',
    'key_of_list',
    'unknown_contract_key',
  ],
  'a pattern or a day is a text like any other': ['bad_pattern', 'lookaround_pattern', 'waiver_until_no_day'],
  'an expression is a text like any other': ['default_rule_mistake'],
  'the mistake is in another file, or in none alone': [
    'default_schema_not_there',
    'expired_waiver',
    'expired_waiver_of_nothing',
    'missing_rule_description',
    'missing_runbook',
    'missing_tag',
    'rule_id_pattern',
    'second_policy_file',
    'too_many_rules',
    'topic_not_versioned',
    'unclassified_field',
    'unclassified_schema_field',
    'unknown_domain',
    'unknown_team',
    'waiver_of_other_contract',
  ],
}

/** The same for test files. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  'that no two items have the same value of one key can not be said': ['duplicate_case_names'],
  'one value can not refer to another': ['base_without_bases', 'unknown_base'],
  'keys that exclude one another are said of one group': ['expect_beside_steps', 'step_at_and_after'],
  'a moment is a text like any other': [
    'impossible_hour',
    'impossible_now',
    'step_beyond_time',
    'steps_back_in_time',
  ],
  'it is gone, or has become something right, once YAML is read': [
    'alias_bomb',
    'alias_in_a_circle',
    'event_with_a_merge_key',
    'event_with_a_tag',
    'number_not_json',
    'number_with_leading_zero',
  ],
  'the mistake is in another file, or in none alone': [
    'base_file_missing',
    'contract_with_errors',
    'event_file_cut_off',
    'event_file_empty',
    'event_file_is_a_folder',
    'event_file_not_json',
    'event_file_of_several_events',
    'event_file_with_a_key_twice',
    'event_for_a_topic_of_texts',
    'missing_event_file',
    'no_contract_beside',
    'no_contract_beside_but_a_similar_one',
    'now_missing',
    'unknown_rule',
    'unknown_rule_far',
  ],
}

export const UNSAYABLE_IN_CONTRACTS: readonly string[] = Object.values(CONTRACTS).flat()
export const UNSAYABLE_IN_POLICIES: readonly string[] = Object.values(POLICIES).flat()
export const UNSAYABLE_IN_TESTS: readonly string[] = Object.values(TESTS).flat()
