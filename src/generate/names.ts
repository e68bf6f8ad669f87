/** FNV-1a over UTF-16 code units, as eight hexadecimal digits: enough to tell apart names that look the same once they are plain. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** A name that may stand in a path: itself if it can, else what is left of it with a hash of the whole. */
export function fileName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^\.+/g, '')
  return plain === name ? name : `${plain}-${shortHash(name)}`
}

/** A name that may stand in code: letters, digits and `_`, with a hash where something had to go. */
export function resourceName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]+/g, '_')
  const isName = plain === name && /^[A-Za-z_]/.test(plain)
  return isName ? name : `${/^[A-Za-z_]/.test(plain) ? '' : '_'}${plain}_${shortHash(name)}`
}
