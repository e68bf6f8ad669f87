import { setInterval } from 'node:timers/promises'
import type { WriteStream } from 'node:tty'
import { phaseAt, type Phase } from './plan.ts'
import { phaseLine, progressLine } from './progress.ts'
import { canDraw, openScreen } from './screen.ts'
import { toFrame } from './frame.ts'
import type { View } from './view.ts'

/** Shows views as they change. */
export interface Watch {
  show(view: View): void
  close(): void
}

const TICK_MS = 200
const LONGEST_SILENCE_MS = 5000
const SHARE_OF_DURATION = 0.15

/** Shows the demo on a terminal as a picture, elsewhere as a line every few seconds. */
export function openWatch(stream: WriteStream, env: NodeJS.ProcessEnv): Watch {
  return canDraw(stream, env) ? drawingWatch(stream) : telling((line) => stream.write(`${line}\n`))
}

function drawingWatch(stream: WriteStream): Watch {
  const screen = openScreen(stream)
  return { show: (view) => screen.draw(toFrame(view, screen.size())), close: screen.close }
}

function telling(tell: (line: string) => void): Watch {
  let phase: Phase | undefined
  let toldAtMs = 0
  return {
    show: (view) => {
      const news = phaseLine(view, phase)
      phase = phaseAt(view.plan, view.elapsedMs)
      if (news !== undefined) tell(news)
      const silenceMs = Math.min(LONGEST_SILENCE_MS, SHARE_OF_DURATION * view.plan.durationMs)
      if (view.elapsedMs - toldAtMs < silenceMs) return
      toldAtMs = view.elapsedMs
      tell(progressLine(view))
    },
    close: () => {},
  }
}

/** Takes and shows a view several times a second, until aborted. */
export async function keepShowing(watch: Watch, look: () => View, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of setInterval(TICK_MS, undefined, { signal })) watch.show(look())
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
