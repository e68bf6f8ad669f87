/** What a room of `src/` may see. */
export interface Room {
  /** Rooms it may import from, or single files of them. Its own files are always free. */
  readonly rooms: readonly string[]
  /** Packages and built-in modules it may import. */
  readonly parts: readonly string[]
  /** True if time, chance, process and timers must come to it as arguments or through a port. */
  readonly isPure: boolean
  /** For the person whose import was refused. */
  readonly because: string
}

const WORDS = ['model', 'errors']
const THINKING_ROOMS = [
  'contract',
  'expression/index.ts',
  'decode',
  'evaluate',
  'compare',
  'exchange',
  'lag',
  'status',
  'stream',
  'telemetry',
  'report',
]

function thinking(rooms: readonly string[], parts: readonly string[], because: string): Room {
  return { rooms, parts, isPure: true, because }
}

function adapter(parts: readonly string[], because: string): Room {
  return { rooms: [...WORDS, 'ports', 'telemetry/catalogue.ts'], parts, isPure: false, because }
}

/**
 * The architecture: data runs one way, through rooms that think, and the outside is touched by hands only. To let a room see more, change
 * this table in the same commit, with a reason that a reviewer can agree with.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  model: thinking(
    ['errors', 'telemetry/catalogue.ts'],
    [],
    'it is the words that every other room speaks; whatever it imported, all would depend on',
  ),
  errors: thinking([], [], 'every room may raise an error, so its register may depend on none'),
  ports: thinking(WORDS, [], 'a port says in words and types what the engine needs, not how it is done'),

  contract: thinking(
    [...WORDS, 'expression/index.ts', 'stream/time-zone.ts', 'stream/week.ts'],
    ['yaml'],
    'it makes contracts out of text; files are read by adapters/files, so that editors and tests can give it text',
  ),
  expression: thinking(
    ['model/did-you-mean.ts'],
    ['#jsonata-sync', 're2js'],
    'it is a library of its own: JSONata in, functions out; it knows neither contracts nor events',
  ),
  decode: thinking(
    WORDS,
    ['node:buffer', 'protobufjs'],
    'bytes become events without waiting: schemas are resolved before',
  ),
  evaluate: thinking(
    [...WORDS, 'expression/index.ts', 'contract/text-file.ts'],
    ['ajv', 're2js', 'node:buffer', 'node:crypto'],
    'the same event at the same time must always get the same verdict, also in a test and in a replay',
  ),
  inspect: thinking(
    [
      ...WORDS,
      'expression/index.ts',
      'evaluate/schema-documents.ts',
      'evaluate/schema-nodes.ts',
      'evaluate/schema-fault.ts',
      'evaluate/formats.ts',
    ],
    [],
    'it reads rules against what is known of the events; it judges no event, so nothing that runs depends on it',
  ),
  compare: thinking(
    [...WORDS, 'expression/index.ts', 'evaluate/schema-documents.ts', 'evaluate/schema-fault.ts'],
    [],
    'two versions of the rules become a list of differences in words; where they come from is for the command',
  ),
  exchange: thinking(
    [...WORDS, 'contract', 'expression/index.ts', 'evaluate/formats.ts', 'evaluate/schema-documents.ts'],
    ['yaml'],
    'the text of one format becomes the text of another, with a word on all that was not carried over; files are for adapters/files',
  ),
  lag: thinking(
    WORDS,
    [],
    'it is judged from offsets and a time that are given, so that every case can be tested',
  ),
  stream: thinking(
    [
      ...WORDS,
      'expression/index.ts',
      'contract/times.ts',
      'evaluate',
      'lag',
      'telemetry/samples.ts',
      'telemetry/tags.ts',
    ],
    [],
    'windows and statuses are functions of what was counted and of times that are given, so that a day can be played in a test; what it finds goes out under the names of the catalogue, and telemetry knows nothing of it',
  ),
  status: thinking(
    [
      ...WORDS,
      'expression/index.ts',
      'evaluate',
      'lag',
      'report/value-text.ts',
      'report/explanation-text.ts',
      'report/printable.ts',
    ],
    [],
    'what people are shown of the stream is made from facts and times that are given; which values may be shown is decided here alone',
  ),
  telemetry: thinking(
    [...WORDS, 'evaluate/compiled.ts'],
    [],
    'it says what is counted and under which name; sending is for the sinks',
  ),
  report: thinking(
    [...WORDS, 'expression/index.ts', 'evaluate/rule-explanation.ts', 'infer/starter.ts'],
    [],
    'results become { output, exitCode }, explanations of expressions lines; printing and exiting is for main.ts',
  ),
  generate: thinking(
    [...WORDS, 'ports/datadog-api.ts', 'contract', 'telemetry', 'evaluate/compiled.ts', 'status'],
    ['ajv', 'yaml'],
    'contracts and the catalogue become text, and such text is held against what its reader takes; the command writes the files',
  ),

  infer: thinking(
    [...WORDS, 'contract', 'evaluate'],
    ['yaml'],
    'a sample of events becomes the texts of a first contract, tried out on that sample; the command reads and writes the files',
  ),

  engine: {
    rooms: [...WORDS, 'ports', ...THINKING_ROOMS],
    parts: [],
    isPure: true,
    because:
      'it moves data through ports: with the in-memory ones, every order of events can be played in a test',
  },

  'contract-test': thinking(
    [
      ...WORDS,
      'contract',
      'expression/index.ts',
      'decode',
      'evaluate',
      'lag',
      'stream',
      'engine/judge-record.ts',
      'report/explanation-text.ts',
    ],
    [],
    'a test is judged as the service would judge the record, from text and bytes that the command has read, at a time that the test gives',
  ),

  'adapters/clock': adapter(['node:timers/promises'], 'it is the one place that reads the clock'),
  'adapters/datadog': adapter(
    ['node:async_hooks', 'node:module'],
    'it speaks with Datadog’s API through its own client, which is loaded late since it may not be there, and gives each call its own answer',
  ),
  'adapters/files': adapter(
    ['node:fs', 'node:fs/promises', 'node:path'],
    'it reads rule files and knows nothing else',
  ),
  'adapters/git': adapter(
    ['node:child_process', 'node:fs', 'node:path'],
    'it reads the files of a revision by running git, and knows nothing of what is in them',
  ),
  'adapters/http': adapter(
    ['node:events', 'node:fs', 'node:http', 'node:path'],
    'it answers with what it is given, and with the files of the page that stand beside it',
  ),
  'adapters/hash': adapter(['node:crypto'], 'it keeps the key, and nobody else needs to know it'),
  'adapters/kafka': adapter(['kafkajs', 'node:zlib'], 'Kafka never sees a rule, nor another adapter'),
  'adapters/log': adapter(['pino'], 'it writes log lines and knows nothing else'),
  'adapters/node': adapter(
    ['node:child_process', 'node:fs', 'node:path'],
    'it starts the Node that the project brings and knows nothing else, since it must load on an older one',
  ),
  'adapters/prometheus': adapter(['prom-client'], 'it is one sink of samples and no friend of the others'),
  'adapters/schema-registry': adapter(
    ['node:http', 'node:https'],
    'it asks a registry for schemas; what they mean is for decode',
  ),
  'adapters/statsd': adapter(
    ['hot-shots', 'node:module'],
    'it is one sink of samples and no friend of the others',
  ),

  config: {
    rooms: [...WORDS, 'report'],
    parts: ['node:fs'],
    isPure: false,
    because: 'it makes settings out of flags and environment; what is done with them is for cli',
  },
  cli: {
    rooms: [
      ...WORDS,
      'ports',
      ...THINKING_ROOMS,
      'contract-test',
      'generate',
      'infer',
      'inspect',
      'engine',
      'adapters',
      'config',
    ],
    parts: [
      'commander',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:module',
      'node:os',
      'node:process',
      'node:url',
      'node:v8',
    ],
    isPure: false,
    because: 'it puts the parts together; the work itself is done in the rooms that it joins',
  },
  'main.ts': {
    rooms: ['cli', 'adapters/node/own-node.ts'],
    parts: ['node:process'],
    isPure: false,
    because: 'it is the door: arguments in, exit code out, after a look at the Node that it runs on',
  },
  'index.ts': {
    rooms: [...WORDS, 'ports', ...THINKING_ROOMS, 'inspect', 'generate', 'engine', 'cli/program.ts'],
    parts: [],
    isPure: true,
    because: 'it is the face of the library: it offers what is there, does nothing itself, and opens nothing',
  },
}

/** Folders of one room that may not import from one another. */
export interface Strangers {
  readonly folders: readonly string[]
  /** For the person whose import was refused. */
  readonly because: string
}

/** Within a room nothing else is refused. */
export const STRANGERS: readonly Strangers[] = [
  {
    folders: ['generate/datadog', 'generate/docs', 'generate/grafana', 'generate/prometheus'],
    because:
      'what is made for one system knows nothing of another; what several need stands in generate/ itself',
  },
]
