import { styleText } from 'node:util'
import type { WriteStream } from 'node:tty'
import type { FrameLine, Size } from './frame.ts'

/** A terminal that shows one picture after another in the same place. */
export interface Screen {
  size(): Size
  draw(lines: readonly FrameLine[]): void
  /** Gives the terminal back as it was. Can be called more than once. */
  close(): void
}

// ECMA-48 and xterm's private modes. Terminals that don't know synchronized output (2026) ignore it.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J'
const LEAVE = '\x1b[?25h\x1b[?1049l'
const BEGIN_FRAME = '\x1b[?2026h\x1b[H'
const END_LINE = '\x1b[K'
const END_FRAME = '\x1b[J\x1b[?2026l'

const STYLES = { head: 'bold', alarm: 'red', faint: 'dim' } as const
const DEFAULT_SIZE: Size = { columns: 80, rows: 24 }

/** Takes over the terminal's other screen, so that what was there before comes back at the end. */
export function openScreen(stream: WriteStream): Screen {
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    process.off('exit', close)
    stream.write(LEAVE)
  }
  // However the process ends, the cursor must not stay hidden.
  process.once('exit', close)
  stream.write(ENTER)
  return {
    size: () => sizeOf(stream),
    draw: (lines) => {
      if (isOpen) stream.write(toSequence(lines, stream))
    },
    close,
  }
}

/** Whether pictures can be drawn there at all. */
export function canDraw(stream: WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY && env['TERM'] !== 'dumb'
}

function sizeOf({ columns, rows }: WriteStream): Size {
  // Some terminals say 0 before they know.
  return { columns: columns || DEFAULT_SIZE.columns, rows: rows || DEFAULT_SIZE.rows }
}

/** Each line is overwritten and only its rest cleared: a cleared screen would flicker. */
function toSequence(lines: readonly FrameLine[], stream: WriteStream): string {
  const painted = lines.map(({ text, look }) => `${paint(text, look, stream)}${END_LINE}`)
  return `${BEGIN_FRAME}${painted.join('\r\n')}${END_FRAME}`
}

/** `styleText` looks at NO_COLOR and at what the stream can show. */
function paint(text: string, look: FrameLine['look'], stream: WriteStream): string {
  return look === undefined ? text : styleText(STYLES[look], text, { stream })
}
