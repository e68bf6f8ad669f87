import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AD_FAULTS, type Plant } from './ad-faults.ts'
import { makeAdPublished } from './ad-published.ts'
import { AD_TOPIC, PAYMENT_TOPIC } from './events.ts'
import { PAYMENT_FAULTS } from './payment-faults.ts'
import { makePaymentCaptured } from './payment-captured.ts'
import { createRandom, type Random } from './random.ts'
import { SPOILED } from './undecodable.ts'

/** A file of examples/events: one record's value per line. */
export interface ExampleFile {
  readonly name: string
  readonly text: string
}

const FOLDER = join(import.meta.dirname, '../../examples/events')
const SEED = 2026
const GOOD_EVENTS = 12
const FIRST_EVENT_MS = Date.parse('2026-03-02T08:00:00.000Z')
const INTERVAL_MS = 90_000
/** An empty value would be no line at all, and a text file in git should be valid UTF-8. */
const NOT_IN_TEXT_FILES = new Set(['empty', 'invalid_utf8'])

/** The contents of examples/events: for each topic good events, one event for each fault, and values that can't be read. */
export function exampleFiles(): ExampleFile[] {
  return [
    ...filesOf(AD_TOPIC, makeAdPublished, AD_FAULTS),
    ...filesOf(PAYMENT_TOPIC, makePaymentCaptured, PAYMENT_FAULTS),
  ]
}

function filesOf<Event>(
  topic: string,
  make: (random: Random, occurredAtMs: number) => Event,
  faults: Readonly<Record<string, Plant<Event>>>,
): ExampleFile[] {
  const random = createRandom(SEED)
  const makeNth = (index: number) => make(random, FIRST_EVENT_MS + index * INTERVAL_MS)
  const good = Array.from({ length: GOOD_EVENTS }, (_, index) => JSON.stringify(makeNth(index)))
  const bad = Object.values(faults).map((plant, index) => {
    const event = makeNth(index)
    plant(event, random)
    return JSON.stringify(event)
  })
  const undecodable = Object.entries(SPOILED)
    .filter(([name]) => !NOT_IN_TEXT_FILES.has(name))
    .map(([, spoil], index) => spoil(JSON.stringify(makeNth(index))).toString())
  return [
    { name: `${topic}.good.ndjson`, text: toLines(good) },
    { name: `${topic}.bad.ndjson`, text: toLines(bad) },
    { name: `${topic}.undecodable.ndjson`, text: toLines(undecodable) },
  ]
}

function toLines(values: readonly string[]): string {
  return values.map((value) => `${value}\n`).join('')
}

if (import.meta.main) {
  await Promise.all(exampleFiles().map(({ name, text }) => writeFile(join(FOLDER, name), text)))
}
