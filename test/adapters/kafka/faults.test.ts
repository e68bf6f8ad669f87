import kafkajs from 'kafkajs'
import { describe, expect, test } from 'vitest'
import { isClientError, isFatal, rootOf, toFault } from '../../../src/adapters/kafka/faults.ts'
import { Fault } from '../../../src/errors/fault.ts'

const {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSProtocolError,
  KafkaJSSASLAuthenticationError,
} = kafkajs

/** An error as kafkajs makes it inside: its published types know fewer arguments. */
function made(errorClass: object, ...args: readonly unknown[]): Error {
  return Reflect.construct(errorClass as new () => Error, args) as Error
}

const LOGIN_REFUSED = made(KafkaJSSASLAuthenticationError, 'SCRAM failed')

const FAULT = new Fault('COMPRESSED_BATCH_DAMAGED', 'the batch is damaged', 'Look at it.')

function wrapped(cause: Error): Error {
  return made(KafkaJSNonRetriableError, cause.message, { cause })
}

function protocolError(type: string): Error {
  return made(KafkaJSProtocolError, { message: type, type, code: 1, retriable: false })
}

describe('what ended a session', () => {
  test.each<[string, Error, boolean]>([
    ['a fault of ours', FAULT, true],
    ['a fault of ours inside of kafkajs’s', wrapped(wrapped(FAULT)), true],
    ['a refused login', LOGIN_REFUSED, true],
    ['a refused group', protocolError('GROUP_AUTHORIZATION_FAILED'), true],
    ['a refused group, wrapped', wrapped(protocolError('GROUP_AUTHORIZATION_FAILED')), true],
    ['a mistake in code', new TypeError('x is not a function'), true],
    ['a mistake in code, wrapped', wrapped(new RangeError('out of range')), true],
    ['a lost connection', new KafkaJSConnectionError('connection closed'), false],
    ['a coordinator that moves', protocolError('NOT_COORDINATOR_FOR_GROUP'), false],
    ['a topic that went', protocolError('UNKNOWN_TOPIC_OR_PARTITION'), false],
    ['a topic that may not be read', protocolError('TOPIC_AUTHORIZATION_FAILED'), false],
    ['any other error', new Error('connect ECONNREFUSED'), false],
  ])('%s', (_, error, fatal) => {
    expect(isFatal(error)).toBe(fatal)
  })
})

describe('a fatal error becomes a coded fault', () => {
  test.each<[string, Error, string, RegExp]>([
    [
      'a refused group',
      wrapped(protocolError('GROUP_AUTHORIZATION_FAILED')),
      'GROUP_DENIED',
      /group `assay-ads`/,
    ],
    ['a refused login', LOGIN_REFUSED, 'KAFKA_LOGIN_FAILED', /refuse the login: SCRAM failed/],
    [
      'a mistake in code',
      wrapped(new TypeError('x is not a function')),
      'KAFKA_CLIENT_FAILED',
      /TypeError: x is not a function/,
    ],
  ])('%s', (_, error, code, message) => {
    const fault = toFault(error, 'assay-ads')
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code, cause: error })
    expect(fault.message).toMatch(message)
    expect(fault.hint).not.toBe('')
  })

  test('one of ours stays as it is, however deep it is wrapped', () => {
    expect(toFault(wrapped(wrapped(FAULT)), 'assay-ads')).toBe(FAULT)
  })
})

test('the root of an error is its innermost cause', () => {
  const root = new Error('root')
  expect(rootOf(root)).toBe(root)
  expect(rootOf(wrapped(new Error('between', { cause: root })))).toBe(root)
  expect(rootOf(new Error('outer', { cause: 'text' })).message).toBe('outer')
})

test.each([
  ['kafkajs’s', new KafkaJSConnectionError('closed'), true],
  ['the brokers’', protocolError('NOT_LEADER_FOR_PARTITION'), true],
  ['ours', FAULT, false],
  ['no error at all', 'text', false],
])('an error is known to be %s', (_, error, isClients) => {
  expect(isClientError(error)).toBe(isClients)
})
