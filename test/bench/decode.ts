/**
 * Measures how fast the same generated ads become events from JSON, Avro and Protobuf, alone and with ten rules and a schema judged. The
 * formats take turns in one process, so that the ratios mean something on a busy machine. Run: npm run bench:decode
 */
import avsc from 'avsc'
import protobuf from 'protobufjs'
import { createRandom } from '../../tools/ads/random.ts'
import { makeAdPublished } from '../../tools/ads/ad-published.ts'
import { loadRules } from '../../src/cli/load-rules.ts'
import { Decoder, DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import type { FindSchema } from '../../src/decode/decode.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { TopicJudge } from '../../src/engine/judge-record.ts'
import type { TopicTally } from '../../src/engine/judge-record.ts'
import type { KafkaRecord } from '../../src/model/record.ts'

const EVENTS = 5000
const ROUNDS = 15
const RULES = new URL('service/rules', import.meta.url).pathname

const field = (name: string, type: unknown) => ({ name, type })
const record = (name: string, ...fields: unknown[]) => ({ type: 'record', name, fields })
const optional = (type: unknown) => ['null', type]
const AVRO = record(
  'Ad',
  ...['event_id', 'event_type', 'occurred_at'].map((name) => field(name, 'string')),
  field(
    'user',
    record(
      'User',
      ...['id', 'type', 'email'].map((name) => field(name, 'string')),
      field('siret', optional('string')),
    ),
  ),
  field(
    'ad',
    record(
      'AdBody',
      ...['id', 'status', 'category', 'title'].map((name) => field(name, 'string')),
      field('price', record('Price', field('amount', 'double'), field('currency', 'string'))),
      field('images', { type: 'array', items: 'string' }),
      field('attributes', {
        type: 'array',
        items: record('Attribute', field('key', 'string'), field('value', 'string')),
      }),
    ),
  ),
  field(
    'location',
    record(
      'Location',
      field('lat', 'double'),
      field('lng', 'double'),
      field('postcode', 'string'),
      field('country', 'string'),
    ),
  ),
)
const PROTO = `syntax = "proto3"; message Ad { string event_id = 1; string event_type = 2; string occurred_at = 3; User user = 4; Body ad = 5;
  Location location = 6; message User { string id = 1; string type = 2; string email = 3; optional string siret = 4; }
  message Body { string id = 1; string status = 2; string category = 3; string title = 4; Price price = 5; repeated string images = 6;
    repeated Attribute attributes = 7; } message Price { double amount = 1; string currency = 2; }
  message Attribute { string key = 1; string value = 2; }
  message Location { double lat = 1; double lng = 2; string postcode = 3; string country = 4; } }`

const SCHEMAS = {
  1: { kind: 'avro', text: JSON.stringify(AVRO) },
  2: { kind: 'protobuf', text: PROTO },
} as const
const FOUND = new Map(
  Object.entries(SCHEMAS).map(([id, schema]) => [
    Number(id),
    { kind: 'schema', schema: { ...schema, references: [] } } as const,
  ]),
)
const findSchema: FindSchema = (id) => FOUND.get(id)

function encodings(): Record<string, (ad: object) => Buffer> {
  const avroType = avsc.Type.forSchema(AVRO as avsc.Schema, { wrapUnions: false })
  const protoType = protobuf.parse(PROTO, { keepCase: true }).root.lookupType('Ad')
  return {
    json: (ad) => Buffer.from(JSON.stringify(ad)),
    avro: (ad) => Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), avroType.toBuffer(ad)]),
    protobuf: (ad) =>
      Buffer.concat([Buffer.from([0, 0, 0, 0, 2, 0]), protoType.encode(ad as object).finish()]),
  }
}

const NOBODY: TopicTally = {
  countEvent: () => {},
  countTombstone: () => {},
  countRejected: (reason, _, detail) => {
    throw new Error(`${reason}: ${detail}`)
  },
  countRoundedNumbers: () => {},
  countRecognised: () => {},
  wantsDuration: false,
  countDuration: () => {},
}

function measure(work: () => void): number {
  const startMs = performance.now()
  work()
  return ((performance.now() - startMs) * 1000) / EVENTS
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const random = createRandom(7)
/** What is left out in JSON has a value in the others: all three write the same one. */
const ads = Array.from({ length: EVENTS }, (_, index) => {
  const made = makeAdPublished(random, Date.UTC(2025, 0, 1) + index * 1000)
  return { ...made, user: { siret: null, ...made.user }, ad: { images: [], ...made.ad } }
})

/** Each format has rules of its own, as each topic has. */
function compileRules(): CompiledTopic {
  const [topic] = loadRules([RULES], 'auto').topics
  if (topic === undefined) throw new Error('no rules')
  return topic
}

const reading = { limits: DEFAULT_DECODE_LIMITS, findSchema }
const candidates = Object.entries(encodings()).map(([name, encode]) => {
  const topic = compileRules()
  const records = ads.map((ad, offset): KafkaRecord => {
    return {
      topic: topic.topic,
      partition: 0,
      offset,
      timestampMs: 0,
      key: null,
      value: encode(ad),
      headers: {},
    }
  })
  const decoder = new Decoder({ format: 'auto', numbers: 'safe', limits: DEFAULT_DECODE_LIMITS }, findSchema)
  const judge = new TopicJudge({ ...topic, format: 'auto' }, NOBODY, reading, () => 0)
  return { name, records, decoder, judge, decodeUs: [] as number[], judgeUs: [] as number[] }
})
for (let round = 0; round < ROUNDS; round++) {
  for (const { records, decoder, judge, decodeUs, judgeUs } of candidates) {
    decodeUs.push(measure(() => records.forEach(({ value }) => decoder.decode(value))))
    judgeUs.push(measure(() => records.forEach((one) => judge.judge(one, Date.now(), false))))
  }
}
const base = candidates[0]
process.stdout.write(
  'format     bytes   decode µs  ratio   with rules µs  ratio   (median of rounds; ratio to JSON)\n',
)
for (const { name, records, decodeUs, judgeUs } of candidates) {
  const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0) / EVENTS
  const [decode, judge] = [median(decodeUs), median(judgeUs)]
  const columns = [
    name.padEnd(9),
    bytes.toFixed(0).padStart(6),
    decode.toFixed(2).padStart(10),
    (decode / median(base?.decodeUs ?? [])).toFixed(2).padStart(6),
    judge.toFixed(2).padStart(14),
    (judge / median(base?.judgeUs ?? [])).toFixed(2).padStart(6),
  ]
  process.stdout.write(`${columns.join(' ')}\n`)
}
