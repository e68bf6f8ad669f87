/**
 * Characters that nobody sees, though they do something: escape sequences write anywhere on a terminal, controls of text direction show
 * what follows in another order, and half a surrogate pair or no character at all is refused by readers of YAML.
 */
export const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu
