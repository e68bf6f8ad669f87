const LENGTH_BYTES = 4
const API_KEY_BYTES = 2

/**
 * Makes a filter over what a Kafka client sends: gives back the bytes of whole requests, without those whose api key is to be dropped.
 * A request is a length (4 bytes) and then its api key (2 bytes), by the Kafka protocol guide.
 */
export function createRequestFilter(isDropped: (apiKey: number) => boolean): (chunk: Buffer) => Buffer {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const kept: Buffer[] = []
    let end = requestEnd(pending)
    while (end !== undefined) {
      if (!isDropped(pending.readInt16BE(LENGTH_BYTES))) kept.push(pending.subarray(0, end))
      pending = pending.subarray(end)
      end = requestEnd(pending)
    }
    return Buffer.concat(kept)
  }
}

/** Where the first request in `bytes` ends, or undefined while it is incomplete. */
function requestEnd(bytes: Buffer): number | undefined {
  if (bytes.length < LENGTH_BYTES + API_KEY_BYTES) return undefined
  const end = LENGTH_BYTES + bytes.readInt32BE(0)
  return end <= bytes.length ? end : undefined
}
