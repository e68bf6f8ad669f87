/** One kind of mistake or fault. A code is never reused for another meaning. */
export interface ErrorEntry {
  /** What went wrong, in a few words. */
  readonly title: string
  /** Why it happens. */
  readonly cause: string
  /** What to do about it. */
  readonly mend: string
}

/**
 * Every coded error of Assay: problems in files and settings, and faults that end a run. `docs/reference/errors.md` is generated from
 * this table, and a test proves that every code is used.
 */
export const ERRORS = {
  YAML_SYNTAX: {
    title: 'The file is not valid YAML',
    cause:
      'The YAML parser could not read the file: bad indentation, an unclosed quote or bracket, a value that begins with a character that YAML reserves.',
    mend: 'Mend the line that the message points at. An editor with a YAML plug-in shows such mistakes while you type.',
  },
  CONTRACT_UNKNOWN_KEY: {
    title: 'A key that the contract language does not have',
    cause: 'Unknown keys are refused, so that a typing mistake is never silently ignored.',
    mend: 'Correct the key (the message suggests the nearest known one) or remove it.',
  },
  COMPRESSED_BATCH_TOO_LARGE: {
    title: 'A compressed batch is larger than the limit',
    cause:
      'A batch of a topic decompresses to more bytes than one batch may have: a decompression bomb, or a producer that compresses very repetitive events very well. Reading stops, because kafkajs can not skip a batch.',
    mend: 'If the producer means such batches, raise the limit of bytes per batch (and the memory limit with it). Otherwise find the batch behind the committed offset and move the group past it with kafka-consumer-groups --reset-offsets.',
  },
  COMPRESSED_BATCH_DAMAGED: {
    title: "A compressed batch can't be decompressed",
    cause:
      'The bytes of a batch are cut off, fail their checksum, or are not in the format that the batch announces.',
    mend: "Read the same offsets with Kafka's console consumer. If it fails too, the batch is damaged in the log: move the group past it with kafka-consumer-groups --reset-offsets. If it succeeds, please report the producer's client and version.",
  },
  CODEC_SELF_TEST_FAILED: {
    title: 'A compression codec does not work in this process',
    cause:
      'Before it consumes, Assay compresses and decompresses a sample with every codec and decodes batches that the Java client made. One of them came out wrong: most likely a runtime other than the tested one.',
    mend: 'Run Assay on the Node version that it is released with (see engines in package.json), unmodified.',
  },
  YAML_TAB: {
    title: 'A tab where YAML wants spaces',
    cause: 'YAML allows no tabs in indentation, for nobody can tell how wide they are.',
    mend: 'Indent with spaces, two for each level. Most editors can be told to do that for YAML files.',
  },
  YAML_DUPLICATE_KEY: {
    title: 'A key that is given twice',
    cause:
      'A mapping holds a key only once. Many readers keep the last value silently; this one refuses both.',
    mend: 'Keep one of the two. The message says where the first one stands.',
  },
  YAML_MERGE_KEY: {
    title: 'A merge key (`<<`)',
    cause: 'Merge keys belong to YAML 1.1. They hide where a value comes from, so they are not enabled.',
    mend: 'Write the keys out, or repeat a whole value with an anchor (`&name`) and an alias (`*name`).',
  },
  YAML_ALIAS: {
    title: 'An alias or anchor that can not be followed',
    cause:
      'A value that begins with `*` is an alias and needs an anchor `&name` before it. JSONata expressions such as `**.price` look like one.',
    mend: 'Correct the name, or put the expression in single quotes or in a `|` block.',
  },
  YAML_TOO_MANY_ALIASES: {
    title: 'Too many aliases',
    cause:
      'An alias may stand for a large part of the file, so a small file with many of them can grow without end.',
    mend: 'Write repeated values out, or split the contract.',
  },
  YAML_TAG: {
    title: 'A YAML tag',
    cause: 'Tags such as `!!binary` or `!custom` change the type of a value, and contracts know no tags.',
    mend: 'Remove the tag. Put a value that is meant to begin with `!` in single quotes.',
  },
  YAML_DIRECTIVE: {
    title: 'A YAML directive',
    cause:
      'A line such as `%YAML 1.1` changes what the rest of the file means: in YAML 1.1 `no` is a boolean.',
    mend: 'Remove the line. Files are read as YAML 1.2.',
  },
  YAML_KEY_NOT_TEXT: {
    title: 'A key that is not plain text',
    cause: 'YAML admits lists, mappings and aliases as keys. Nothing here has such keys.',
    mend: 'Write the key as plain text before the colon.',
  },
  YAML_TOO_DEEP: {
    title: 'Nesting that is too deep',
    cause: 'Thousands of opened brackets, mostly from a damaged or generated file.',
    mend: 'Look for brackets that are opened and never closed.',
  },
  YAML_SEVERAL_DOCUMENTS: {
    title: 'More than one YAML document in a file',
    cause: 'A line `---` (or `...`) ends a document and begins another. A file is one contract.',
    mend: 'Move the second document into a file of its own.',
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
  },
  CONTRACT_UNKNOWN_VALUE: {
    title: 'A word outside of a closed set',
    cause: 'The key admits only certain words.',
    mend: 'Choose one of the words that the message lists.',
  },
  CONTRACT_BAD_VALUE: {
    title: 'A value of the wrong form',
    cause:
      'Ids, versions, topics, addresses, paths and durations have a form that others rely on: Kafka, metric tags, links.',
    mend: 'Write the value in the form that the message names.',
  },
  CONTRACT_BAD_NUMBER: {
    title: 'A number out of its range',
    cause:
      'The number is outside of the bounds, not finite, too large to be kept exactly, or begins with a zero.',
    mend: 'Write a number within the bounds that the message names.',
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
  },
  RULE_WITHOUT_CHECK: {
    title: 'A rule that checks nothing',
    cause: 'A rule has exactly one check (`assert` or `schema`), and this one has none.',
    mend: 'Add a check, or remove the rule.',
  },
  RULE_WITH_SEVERAL_CHECKS: {
    title: 'A rule with more than one check',
    cause: 'A rule is one promise, so that its failures have one meaning.',
    mend: 'Make a rule of each check.',
  },
  RULE_DUPLICATE_ID: {
    title: 'Two rules of one contract with the same id',
    cause: 'Metrics, monitors and messages know a rule by its id, so two of them would be counted as one.',
    mend: 'Give each rule its own id. The message says where the first one stands.',
  },
  TAG_COLLISION: {
    title: 'Two names that become the same metric tag',
    cause:
      'Metric tags are lower case and keep only letters, digits and a few signs. Names that differ in nothing else are counted as one.',
    mend: 'Choose names that still differ in lower case, with every other character read as `_`.',
  },
  CONTRACT_UNKNOWN_RULE: {
    title: 'A promise about a rule that is not there',
    cause: 'The promise names the id of a rule, and the contract has no such rule.',
    mend: 'Correct the id, or add the rule.',
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
  EXPRESSION_INVALID: {
    title: 'A JSONata expression that can’t be used',
    cause:
      'The expression has a syntax error, uses an unknown function or variable, or something that rules may not use ($eval, look-around in a regular expression, anything that can’t be reproduced).',
    mend: 'Correct the expression at the caret. `$key, $headers, $topic, $partition, $offset, $timestamp` are the variables that rules see.',
  },
  EXPRESSION_REFUSED_FUNCTION: {
    title: 'A function that rules may not use',
    cause:
      'JSONata has functions whose result nobody can review ($eval) or repeat ($random, $shuffle). A rule must give the same verdict each time.',
    mend: 'Write the rule without the function. For the time of the event, use $now() or $millis(), which are frozen for each event.',
  },
  EXPRESSION_UNKNOWN_FUNCTION: {
    title: 'An expression calls a function that does not exist',
    cause:
      'The name is no function of JSONata and none that the expression defines, or the dollar sign before it is missing.',
    mend: 'Correct the name (the message suggests the nearest known one).',
  },
  EXPRESSION_UNKNOWN_VARIABLE: {
    title: 'An expression uses a variable that nothing binds',
    cause: 'JSONata would take it for no value, and the rule would never mean what it says.',
    mend: 'Correct the name, or remove the dollar sign if a field of the event is meant. Rules see $key, $headers, $topic, $partition, $offset and $timestamp.',
  },
  EXPRESSION_REGEX: {
    title: 'A regular expression that can’t be run safely',
    cause:
      'Patterns are run in time that grows in proportion to the text, so that no event can stop the service. Look-around and back-references can’t be.',
    mend: 'Follow the hint of the message: mostly two patterns joined with `and` say the same.',
  },
  EXPRESSION_STRING_TOO_LONG: {
    title: 'An expression made a string that is too long',
    cause:
      'A function such as $pad, $join or $replace, or the operator &, made a string beyond the limit of a million characters.',
    mend: 'Check lengths with $length instead of building the string.',
  },
  EXPRESSION_OUTSIDE_COPY: {
    title: 'A transform tried to change the event itself',
    cause:
      'A transform (| … | … |) changes a copy. Its pattern led outside of the copy, to the event that other rules see too.',
    mend: 'Let the pattern begin at the transformed object; do not use $$ or variables in it.',
  },
  EXPRESSION_YIELDS_FUNCTION: {
    title: 'The value of an expression is a function',
    cause: 'A function was named but not called, as in `$exists` for `$exists(x)`.',
    mend: 'Call it: add the brackets and the arguments.',
  },
  EXPRESSION_INTERNAL: {
    title: 'JSONata could not evaluate an expression',
    cause:
      'The interpreter ended with an error that it has no code for, mostly because a function got a value that it was not made for.',
    mend: 'Check the values with $type first. If the expression is a sensible one, please report it.',
  },
  SCHEMA_INVALID: {
    title: 'A JSON Schema that can’t be used',
    cause:
      'The schema file is not there, is not JSON, refers to something outside the rule files, or is not a valid schema of draft 7, 2019-09 or 2020-12.',
    mend: 'Mend the schema that the message names. Unknown keywords and formats are refused, so that a typing mistake is never silently ignored.',
  },
  RULES_NOT_FOUND: {
    title: 'No contract files',
    cause: 'The given path does not exist, can’t be read, or holds no file named *.contract.yaml.',
    mend: 'Name the folder that holds `<domain>/<name>.contract.yaml`, or a contract file itself.',
  },
  DOMAIN_UNCLEAR: {
    title: 'Which domain to serve is not clear',
    cause:
      'A process serves one domain, and the rules folder holds contracts of several, or none of the domain that was asked for.',
    mend: 'Name the domain with --domain (ASSAY_DOMAIN); the message lists those that are there.',
  },
  TOPIC_UNCLEAR: {
    title: 'Which topic the events belong to is not clear',
    cause:
      '`assay check` judges the events of one topic, and the contracts name several, or not the one that was asked for.',
    mend: 'Name the topic with --topic; the message lists those that are there.',
  },
  INPUT_UNREADABLE: {
    title: 'The events can’t be read',
    cause: 'The file of events does not exist or can’t be read.',
    mend: 'Give the path of a file with one JSON event a line, or - for standard input.',
  },
  NOTHING_JUDGED: {
    title: 'Nothing was judged',
    cause: 'The file of events holds no event.',
    mend: 'Give at least one line. A check that checks nothing is a mistake, not a success.',
  },
  CONFIG_INVALID: {
    title: 'A flag or an environment variable with a value that can’t be used',
    cause: 'The value has the wrong form, is out of range, or names a file that can’t be read.',
    mend: 'Correct the value; `assay run --help` shows the form of each flag and its environment variable.',
  },
  CONFIG_MISSING: {
    title: 'A required setting is missing',
    cause: 'Neither the flag nor its environment variable is set.',
    mend: 'Set one of the two; the message names both.',
  },
  BROKER_UNREACHABLE: {
    title: 'No Kafka broker in reach',
    cause: 'For as long as --broker-timeout allows, no broker could be reached or none let this member work.',
    mend: 'Check --brokers (KAFKA_BROKERS), TLS and SASL settings, the network and the brokers.',
  },
  KAFKA_LOGIN_FAILED: {
    title: 'The Kafka brokers refuse the login',
    cause: 'The SASL mechanism, user or password is not what the brokers expect.',
    mend: 'Check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or KAFKA_SASL_PASSWORD_FILE).',
  },
  GROUP_DENIED: {
    title: 'The Kafka brokers refuse the consumer group',
    cause: 'The principal has no Read permission on the consumer group.',
    mend: 'Grant Read on the group, or name a group that may be used with --group.',
  },
  KAFKA_CLIENT_FAILED: {
    title: 'The Kafka client failed in a way that a new connection does not mend',
    cause: 'A fault in the program or a batch that can’t be read at all.',
    mend: 'The process ends with exit code 4, so that its supervisor starts a new one. If it happens again, report it with the log line.',
  },
  STALLED: {
    title: 'Partitions do not move although there are records to judge',
    cause: 'The broker answers, the log grows, and nothing arrives, even over a new connection.',
    mend: 'Look at the brokers and the network between. The process ends with exit code 4, so that its supervisor starts a new one.',
  },
  STATSD_UNIX_SOCKET_UNAVAILABLE: {
    title: 'Metrics can’t be sent over a Unix socket',
    cause:
      'Node has no Unix datagram sockets, and the optional native package unix-dgram is not there or was built for another Node.',
    mend: 'Use the image of the Dockerfile, which builds it, or send over UDP: --statsd HOST:PORT.',
  },
  HTTP_UNUSABLE: {
    title: 'The HTTP address can’t be listened on',
    cause: 'The port is in use, or the address is not one of this host.',
    mend: 'Choose another address with --http (ASSAY_HTTP), or `off` for no server.',
  },
  STOP_TIMED_OUT: {
    title: 'The ordered stop took too long',
    cause:
      'Brokers or the metrics receiver did not answer before the deadline. What was judged since the last commit is judged again by the next process; nothing is lost.',
    mend: 'Look at the brokers and the metrics receiver. --stop-timeout says how long a stop may take; keep it below the grace period of the supervisor.',
  },
  NOT_BOOLEAN: {
    title: 'An assertion or a condition gave something other than true or false',
    cause:
      'Only true and false can be judged. Taking any value that is there for true would hide rules that ask for nothing, such as `ad.price` in place of `ad.price > 0`. The verdict is error: the rule could not judge the event.',
    mend: 'Compare with what you expect. That a field is there is $exists(field); what is empty or not is $boolean(field).',
  },
  SCHEMA_NO_REASON: {
    title: 'The schema validator refused an event and did not say why',
    cause:
      'The validator broke its own promise, so its answer is not taken for a fail. The verdict is error.',
    mend: 'Please report the schema with an event that shows it.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS
