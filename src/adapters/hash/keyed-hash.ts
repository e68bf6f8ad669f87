import { createHmac, randomBytes } from 'node:crypto'

/** 64 bits: enough to tell values apart that stand on one page. */
const HEX_DIGITS = 16
const KEY_BYTES = 32

/**
 * A hash that only this process makes, or every one that is given the same key: equal values have equal hashes, and who has not the key
 * can't find out a value by trying all that it could be.
 */
export function createKeyedHash(key: string | undefined): (value: string | Uint8Array) => string {
  const secret = key ?? randomBytes(KEY_BYTES)
  return (value) => createHmac('sha256', secret).update(value).digest('hex').slice(0, HEX_DIGITS)
}
