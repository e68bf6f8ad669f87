import { type ErrorEntry, lines } from '../entry.ts'

/** Expressions and schemas: what is refused when rules are loaded, and what stops a judgement. */
export const JUDGING_ERRORS = {
  EXPRESSION_INVALID: {
    title: 'A JSONata expression that can’t be used',
    cause:
      'The expression has a syntax error, uses an unknown function or variable, or something that rules may not use ($eval, look-around in a regular expression, anything that can’t be reproduced).',
    mend: 'Correct the expression at the caret. `$key, $headers, $topic, $partition, $offset, $timestamp` are the variables that rules see.',
    example: {
      wrong: lines('rules:', '  - id: ad_is_active', '    assert: ad.status == "active"'),
      right: lines('rules:', '  - id: ad_is_active', '    assert: ad.status = "active"'),
    },
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
    cause: 'The schema file is not JSON, or not a valid schema of draft 7, 2019-09 or 2020-12.',
    mend: 'Mend the schema at the place that the message names. Unknown keywords and formats are refused, so that a typing mistake is never silently ignored.',
  },
  SCHEMA_NOT_FOUND: {
    title: 'A JSON Schema that is not there',
    cause: 'The path of a rule’s schema leads to no file that can be read.',
    mend: 'Correct the path, which is relative to the file that the rule stands in, or add the schema.',
  },
  SCHEMA_REFERENCE: {
    title: 'A reference in a JSON Schema that can’t be followed',
    cause:
      'A `$ref` leads nowhere, out of the rule files (to the network, say), or round in a circle. Rules are judged with what was reviewed, and judging must end.',
    mend: 'Correct the reference, or copy what it refers to into the rule files.',
  },
  SCHEMA_NEEDS_CODE_GENERATION: {
    title: 'A schema rule where Node may not make code from strings',
    cause:
      'The validator compiles each schema to JavaScript. Node was started with --disallow-code-generation-from-strings, which forbids that. Expressions go on with the interpreter, at a multiple of the cost and with equal verdicts; schemas have no other way, and a rule that is silently left out would be a promise that nobody checks.',
    mend: 'Start Node without the flag (the rule files are reviewed, and nothing that an event holds ever becomes code), or write the rule as an assertion.',
  },
  NOT_BOOLEAN: {
    title: 'An assertion or a condition gave something other than true or false',
    cause:
      'Only true and false can be judged. Taking any value that is there for true would hide rules that ask for nothing, such as `ad.price` in place of `ad.price > 0`. The verdict is error: the rule could not judge the event.',
    mend: 'Compare with what you expect. That a field is there is $exists(field); what is empty or not is $boolean(field).',
  },
  SCHEMA_FAILED: {
    title: 'The schema validator could not judge an event',
    cause:
      'It ended with a fault of its own, most likely because the schema refers to itself without end (`{"$ref": "#"}` asks the same question of the same value for ever). The verdict is error.',
    mend: 'Let every reference that leads back into the schema go by way of a part of the event (`properties`, `items`). If it does, please report the schema with an event that shows it.',
  },
  RULE_SUSPENDED: {
    title: 'A rule is suspended, because it exceeded its budget again and again',
    cause:
      'Five evaluations within a hundred events, or within two seconds, took too long or made values that are too large. While the rule is suspended it is not evaluated: its verdict is error, so that its own monitor fires, and the other rules keep their pace. It is tried again after 30 seconds, and after twice as long each time that this fails, up to 10 minutes.',
    mend: 'The log line that announced it names the rule and the code of the last overrun. Make the rule cheaper (bound what it loops over with a predicate, replace recursion by $map or $reduce, match shorter texts), or let a `when` leave out the events that are too large for it. What to look at first is in docs/troubleshooting.md.',
  },
} as const satisfies Record<string, ErrorEntry>
