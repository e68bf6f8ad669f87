/** What became of one member of a set: small numbers, so that a whole set's outcomes fit into bytes. */
export const OUTCOME = {
  true: 0,
  false: 1,
  noValue: 2,
  /** The assertion gave something that is neither true nor false. */
  notBoolean: 3,
  fault: 4,
  /** The condition was false or had no value. */
  notApplicable: 5,
  conditionNotBoolean: 6,
  conditionFault: 7,
  /** Not evaluated, for the set was told to leave the member out. */
  suspended: 8,
} as const
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME]
