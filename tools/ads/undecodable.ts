/** Turns the text of a good event into bytes that can't be read as one. */
export type Spoil = (text: string) => Buffer

/** The ways in which a record can't be read, by name. */
export const SPOILED: Readonly<Record<string, Spoil>> = {
  truncated: (text) => Buffer.from(text.slice(0, Math.floor(text.length / 2))),
  plain_text: () => Buffer.from('this is not an event'),
  empty: () => Buffer.alloc(0),
  invalid_utf8: (text) =>
    Buffer.concat([
      Buffer.from(`${text.slice(0, -1)},"note":"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]),
  proto_key: (text) => Buffer.from(`${text.slice(0, -1)},"__proto__":{"admin":true}}`),
  nested_proto_key: (text) => Buffer.from(`${text.slice(0, -1)},"meta":{"__proto__":{"admin":true}}}`),
  duplicate_key: (text) => Buffer.from(`${text.slice(0, -1)},"event_type":"other"}`),
  trailing_text: (text) => Buffer.from(`${text} ${text}`),
}
