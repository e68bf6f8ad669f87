import kafkajs from 'kafkajs'
import { Fault } from '../../errors/fault.ts'
import { errorType } from './cluster.ts'

/** Whether the error comes from kafkajs or the brokers, which a new attempt may mend. */
export function isClientError(error: unknown): boolean {
  return error instanceof kafkajs.KafkaJSError
}

/**
 * Whether a new session can't mend what ended the last one: a fault of ours, a batch that can't be read, or credentials that are
 * refused. Everything else (brokers away, a coordinator that moves, a topic that went) is tried again.
 */
export function isFatal(error: Error): boolean {
  return (
    rootOf(error) instanceof Fault ||
    error.name === 'KafkaJSNotImplemented' ||
    error.name === 'KafkaJSSASLAuthenticationError' ||
    errorType(error) === 'GROUP_AUTHORIZATION_FAILED' ||
    isProgrammingError(rootOf(error))
  )
}

function isProgrammingError(error: Error): boolean {
  return ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(error.name)
}

/** The innermost cause: kafkajs wraps what is thrown inside it. */
export function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error
}

/** A fatal error as a coded fault that says what to do. */
export function toFault(error: Error, group: string): Fault {
  const root = rootOf(error)
  if (root instanceof Fault) return root
  if (errorType(error) === 'GROUP_AUTHORIZATION_FAILED') {
    const hint = `Grant Read on the group \`${group}\`, or name a group that may be used with --group.`
    return new Fault('GROUP_DENIED', `the brokers refuse the consumer group \`${group}\``, hint, {
      cause: error,
    })
  }
  if (error.name === 'KafkaJSSASLAuthenticationError') {
    const hint = 'Check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.'
    return new Fault('KAFKA_LOGIN_FAILED', `the brokers refuse the login: ${root.message}`, hint, {
      cause: error,
    })
  }
  const hint =
    'The process ends, so that its supervisor starts a new one. If it happens again, report it with this log line.'
  return new Fault('KAFKA_CLIENT_FAILED', `the Kafka client failed: ${root.name}: ${root.message}`, hint, {
    cause: error,
  })
}
