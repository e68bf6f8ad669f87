import { FORMAT, NUMBERS, SCHEMA_FROM } from './shape-encoding.ts'
import {
  CONTRACT_ID,
  DOMAIN,
  FIELD_PATH,
  LINK_NAME,
  MAX_ID_LENGTH,
  MAX_TOPIC_LENGTH,
  NOT_BLANK,
  ONE_LINE,
  ONE_LINE_NAME,
  SCHEMA_PATH,
  SEMANTIC_VERSION,
  TAG_NAME,
  TOPIC,
  WEB_ADDRESS,
} from './shape-patterns.ts'
import { RULE_SHAPE } from './shape-rule.ts'
import type { RecordShape } from './shape.ts'

const NAME = { kind: 'text', pattern: ONE_LINE_NAME, maxLength: MAX_ID_LENGTH } as const
const PROSE = { kind: 'text', pattern: NOT_BLANK } as const

/** A share in per cent, of which neither none nor all can be promised. */
const OBJECTIVE = { kind: 'number', above: 0, below: 100 } as const

const TOMBSTONES = {
  kind: 'choice',
  choices: [
    { value: 'ignore', description: 'A null value is neither good nor bad.' },
    { value: 'fail', description: 'A null value breaks the contract.' },
  ],
} as const

const PRODUCER = {
  kind: 'record',
  name: '`producer`',
  keys: {
    team: { description: 'The team to talk to when a rule fails.', example: 'team-ads', value: NAME },
    service: { description: 'The service that writes to the topic.', example: 'ad-publisher', value: NAME },
  },
} as const

const LINKS = {
  kind: 'mapping',
  names: 'name of a link',
  pattern: LINK_NAME,
  known: { runbook: 'What to do when the contract is broken. Monitors link to it.' },
  of: { kind: 'text', pattern: WEB_ADDRESS },
} as const

const TAGS = {
  kind: 'mapping',
  names: 'name of a tag',
  pattern: TAG_NAME,
  of: { kind: 'text', pattern: ONE_LINE, maxLength: MAX_ID_LENGTH },
} as const

const FIELD = {
  kind: 'record',
  name: 'an entry of `fields`',
  keys: {
    pii: {
      description: 'How personal the field is. It decides how its values are masked wherever they are shown.',
      example: 'high',
      value: {
        kind: 'choice',
        choices: [
          { value: 'high', description: 'Tells who a person is, or what must stay between them and us.' },
          { value: 'low', description: 'Is about a person, without telling who.' },
          { value: 'none', description: 'Is not personal, though its name may look like it.' },
        ],
      },
    },
    description: {
      description: 'What the field means.',
      example: "The seller's e-mail address.",
      value: PROSE,
    },
  },
} as const

const SAMPLES = {
  kind: 'record',
  name: '`samples`',
  keys: {
    fields: {
      description:
        'The fields whose values may be shown with an event that failed, by dotted path. All others never are. What `fields` classifies as `pii: high` is left out nevertheless, and of `pii: low` only a keyed hash is shown.',
      example: '[ad.id, ad.price.amount]',
      required: true,
      value: { kind: 'list', of: { kind: 'text', pattern: FIELD_PATH } },
    },
  },
} as const

const PROMISES = {
  kind: 'record',
  name: '`promises`',
  keys: {
    validity: {
      description: 'The share of the events that must be good.',
      example: '{ objective: 99.9, window: 30d }',
      value: {
        kind: 'record',
        name: '`promises.validity`',
        keys: {
          objective: {
            description: 'The promised share of good events, in per cent.',
            example: '99.9',
            required: true,
            value: OBJECTIVE,
          },
          window: {
            description: 'The time over which the share is counted.',
            example: '30d',
            required: true,
            value: { kind: 'duration' },
          },
        },
      },
    },
    freshness: {
      description: 'The share of the time in which the topic must be fresh.',
      example: '{ rule: still_flowing, objective: 99 }',
      value: {
        kind: 'record',
        name: '`promises.freshness`',
        keys: {
          rule: {
            description: 'The id of the freshness rule of this contract that says what fresh means.',
            example: 'still_flowing',
            required: true,
            value: { kind: 'reference', to: 'rule', check: 'freshness' },
          },
          objective: {
            description: 'The promised share of the time, in per cent.',
            example: '99',
            required: true,
            value: OBJECTIVE,
          },
        },
      },
    },
  },
} as const

/** A contract file: all that one team relies on in one topic. */
export const CONTRACT_SHAPE = {
  kind: 'record',
  name: 'a contract',
  keys: {
    apiVersion: {
      description: 'The version of the contract language.',
      example: 'assay/v1',
      required: true,
      value: { kind: 'choice', choices: [{ value: 'assay/v1', description: 'The only version so far.' }] },
    },
    id: {
      description:
        'Stable name of the contract, unique among all contracts. It becomes the metric tag `contract`.',
      example: 'ads.ad-published',
      required: true,
      value: { kind: 'text', pattern: CONTRACT_ID, maxLength: MAX_ID_LENGTH },
    },
    version: {
      description: 'Version of the contract itself, for those who review its changes.',
      example: '1.2.0',
      required: true,
      value: { kind: 'text', pattern: SEMANTIC_VERSION, maxLength: MAX_ID_LENGTH },
    },
    topic: {
      description: 'The Kafka topic whose events are judged.',
      example: 'ads.ad-published.v1',
      required: true,
      value: { kind: 'text', pattern: TOPIC, maxLength: MAX_TOPIC_LENGTH },
    },
    domain: {
      description:
        'The domain that the contract belongs to. One process serves one domain, as consumer group `assay-<domain>`.',
      example: 'ads',
      required: true,
      value: { kind: 'text', pattern: DOMAIN, maxLength: MAX_ID_LENGTH },
    },
    owner: {
      description:
        'The team that relies on the events, and is told when they break the contract. It becomes the metric tag `team`.',
      example: 'team-search',
      required: true,
      value: NAME,
    },
    producer: {
      description: 'Who writes the events.',
      example: '{ team: team-ads, service: ad-publisher }',
      value: PRODUCER,
    },
    consumers: {
      description: 'The services that rely on the contract.',
      example: '[search-indexer, crm-mailer]',
      value: { kind: 'list', of: NAME },
    },
    description: {
      description: 'What the contract is about, in a sentence or two.',
      example: 'What search assumes about published ads.',
      value: PROSE,
    },
    links: {
      description: 'Web pages about the contract, by name.',
      example: '{ runbook: "https://wiki.example.org/ads" }',
      value: LINKS,
    },
    tags: {
      description:
        'What the organisation sorts contracts by: for catalogues and policies. They are no tags of metrics, whose number of series must stay bounded.',
      example: '{ tier: gold }',
      value: TAGS,
    },
    format: {
      description: 'How the records of the topic are written. All contracts on one topic must say the same.',
      example: 'json',
      default: 'auto',
      value: FORMAT,
    },
    keyFormat: {
      description:
        'How the keys of the records are written, for rules that use `$key`. All contracts on one topic must say the same.',
      example: 'avro',
      default: 'string',
      value: FORMAT,
    },
    numbers: {
      description:
        'What rules see of numbers that a double can not hold. All contracts on one topic must say the same.',
      example: 'exact',
      default: 'safe',
      value: NUMBERS,
    },
    tombstones: {
      description: 'What records without a value mean.',
      example: 'fail',
      default: 'ignore',
      value: TOMBSTONES,
    },
    schemaFile: {
      description:
        "The JSON Schema that the producer writes the events by, relative to the contract's file. `assay validate` checks the rules against it; it judges no event.",
      example: './schemas/ad-published.producer.schema.json',
      value: { kind: 'path', pattern: SCHEMA_PATH },
    },
    schemaFrom: {
      description:
        'The schema of a schema registry that the producer writes the events by: `registry`, or the subject. `assay validate --registry` checks the rules against it; it judges no event.',
      example: 'registry',
      notWith: 'schemaFile',
      value: SCHEMA_FROM,
    },
    fields: {
      description: 'What is known about single fields, by dotted path.',
      example: '{ user.email: { pii: high } }',
      value: { kind: 'mapping', names: 'path of a field', pattern: FIELD_PATH, of: FIELD },
    },
    samples: {
      description: 'What is shown of events that failed, beside where they stand.',
      example: '{ fields: [ad.id, ad.price.amount] }',
      value: SAMPLES,
    },
    promises: {
      description: 'What the contract as a whole promises.',
      example: '{ validity: { objective: 99.9, window: 30d } }',
      value: PROMISES,
    },
    rules: {
      description: 'What every event, or the stream of them, must be like.',
      example: '[{ id: price_is_positive, assert: ad.price.amount > 0 }]',
      required: true,
      value: { kind: 'list', of: RULE_SHAPE, nonEmpty: true, uniqueBy: 'id' },
    },
  },
} as const satisfies RecordShape
