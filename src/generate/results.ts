import type { EventResult } from '../model/verdict.ts'

/** Events that count against validity. */
export const BAD_RESULTS: readonly EventResult[] = ['fail', 'undecodable']
export const GOOD_RESULTS: readonly EventResult[] = ['pass', 'warn']
/** The denominator of validity: an error says nothing about the event, and a tombstone is none. */
export const JUDGED_RESULTS: readonly EventResult[] = ['pass', 'warn', 'fail', 'undecodable']
