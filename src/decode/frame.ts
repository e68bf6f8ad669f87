const FRAME_MAGIC = 0

/** The magic byte and the id of a schema. */
export const FRAME_HEADER_BYTES = 5

/** Whether bytes are a Confluent frame. No JSON text begins with a NUL. */
export function isFrame(bytes: Uint8Array): boolean {
  return bytes.length >= FRAME_HEADER_BYTES && bytes[0] === FRAME_MAGIC
}

/** The id of the schema that a frame was written with. */
export function schemaIdOf(frame: Uint8Array): number {
  const [, first = 0, second = 0, third = 0, fourth = 0] = frame
  return first * 0x100_0000 + (second << 16) + (third << 8) + fourth
}
