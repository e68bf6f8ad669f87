import { ONE_LINE } from './shape-patterns.ts'

/** How the records of a topic are written. */
export const FORMAT = {
  kind: 'choice',
  choices: [
    { value: 'auto', description: 'The format is recognised from the first bytes of each record.' },
    { value: 'json', description: 'JSON text in UTF-8.' },
    { value: 'string', description: 'Text in UTF-8.' },
    { value: 'avro', description: 'Avro, in frames with a schema from the registry.' },
    { value: 'protobuf', description: 'Protocol Buffers, in frames with a schema from the registry.' },
    { value: 'json-schema', description: 'JSON, in frames with a schema from the registry.' },
  ],
} as const

/** What becomes of numbers that a double can't hold. */
export const NUMBERS = {
  kind: 'choice',
  choices: [
    { value: 'safe', description: 'Rounded to the nearest double, and counted in `dq.numbers.rounded`.' },
    {
      value: 'exact',
      description: 'Text, with every digit. Numbers that a double holds exactly stay numbers.',
    },
    {
      value: 'string',
      description:
        'Text, and so are all 64-bit integers and decimals of Avro and Protobuf, whatever their size: the type does not depend on the value. In JSON the same as `exact`.',
    },
  ],
} as const

/** Long names of Protobuf, and subjects, which may be any text. */
const MAX_SUBJECT_LENGTH = 1024

/** Which schema of a registry the events are written by. */
export const SCHEMA_FROM = {
  kind: 'either',
  short: {
    kind: 'choice',
    choices: [
      {
        value: 'registry',
        description:
          'The latest schema of the subject `<topic>-value`. For another subject, write `{ registry: SUBJECT }`.',
      },
    ],
  },
  long: {
    kind: 'record',
    name: '`schemaFrom`',
    keys: {
      registry: {
        description: 'The subject whose latest schema is asked for.',
        example: 'com.example.ads.AdPublished',
        required: true,
        value: { kind: 'text', pattern: ONE_LINE, maxLength: MAX_SUBJECT_LENGTH },
      },
      message: {
        description:
          'The message type of a Protobuf schema, by its full name. Without it, the first one of the file.',
        example: 'ads.v1.AdPublished',
        value: { kind: 'text', pattern: ONE_LINE, maxLength: MAX_SUBJECT_LENGTH },
      },
    },
  },
} as const
