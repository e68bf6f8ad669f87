import { BatchFault } from '../../../../src/adapters/kafka/codecs/bounded.ts'

/** The fault that `act` throws; throws itself if there is none. */
export function faultOf(act: () => unknown): BatchFault {
  try {
    act()
  } catch (error) {
    if (error instanceof BatchFault) return error
    throw error
  }
  throw new Error('no fault was thrown')
}
