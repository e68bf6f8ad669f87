import type { Codec } from './codec.ts'

/** The value of the one record in each of the batches below: long enough for two of snappy-java's blocks. */
export const SAMPLE_VALUE = '{"event_id":"ad-1","price":{"amount":100,"currency":"EUR"}}'.repeat(600)

/** That record in Kafka's record format v2: its length, attributes, two deltas, no key, the value's length; the value; no headers. */
export const SAMPLE_RECORDS = Buffer.concat([
  Buffer.from('a0a9040000000190a904', 'hex'),
  Buffer.from(SAMPLE_VALUE),
  Buffer.from([0]),
])

/**
 * `SAMPLE_RECORDS` as the Java client compresses it, in base64: the records part of batches that the console producer of Apache Kafka 4.1.0
 * wrote with `--compression-codec`, taken from the broker's log segments.
 */
export const JAVA_MADE: Readonly<Record<Codec['name'], string>> = {
  gzip: [
    'H4sIAAAAAAAA/+3LMQqCYBgA0D/wJN9soKt7FwiaQ/QfHLIQDUK8Q0do9ZZ1j97+3mcvUkqH916skZ95nK9DH020/bGOMh7T0OVo',
    '1mhv92Wco6mrqoxumaY8dq+fO13OsW2qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',
    'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqp/XdMXT43AwFOKAAA=',
  ].join(''),
  snappy: [
    'glNOQVBQWQAAAAABAAAAAQAABkmAgALwRqCpBAAAAAGQqQR7ImV2ZW50X2lkIjoiYWQtMSIsInByaWNlIjp7ImFtb3VudCI6MTAw',
    'LCJjdXJyZW5jeSI6IkVVUiJ9fXsi/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA4jsAAAAAu9MU6GFkLTEiLCJwcmljZSI6',
    'eyJhbW91bnQiOjEwMCwiY3VycmVuY3kiOiJFVVIifX17ImV2ZW50X2lkIjoi/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA/jsA',
    '/jsA/jsA/jsA/jsA/jsAWjsAAAA=',
  ].join(''),
  lz4: [
    'BCJNGGBAgtoAAAD/NqCpBAAAAAGQqQR7ImV2ZW50X2lkIjoiYWQtMSIsInByaWNlIjp7ImFtb3VudCI6MTAwLCJjdXJyZW5jeSI6',
    'IkVVUiJ9fTsA////////////////////////////////////////////////////////////////////////////////////////',
    '////////////////////////////////////////////////////////////////////////////////////////////////gFBS',
    'In19AAAAAAA=',
  ].join(''),
  zstd: [
    'KLUv/QBYhAIAZASgqQQAAAABkKkEeyJldmVudF9pZCI6ImFkLTEiLCJwcmljZSI6eyJhbW91bnQiOjEwMCwiY3VycmVuY3kiOiJF',
    'VVIifX0AAQCFgsLrKgoBAAA=',
  ].join(''),
}
