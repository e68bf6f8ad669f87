/** Mistakes that the parser finds and a JSON Schema has no words for, each with the reason. The list is closed: a test fails for others. */
export const UNSAYABLE: Readonly<Record<string, string>> = {
  duplicate_rule_id: 'that no two items have the same value of one key can not be said',
  objective_octal: '`0100` and `100` are the same number once YAML is read',
  old_yaml_version: 'a directive is no part of the document',
  promise_of_unknown_rule: 'one value can not refer to another',
  promise_of_wrong_rule: 'one value can not refer to another',
  too_many_aliases: 'aliases are resolved once YAML is read',
  unknown_tag: 'a tag is gone once YAML is read',
}
