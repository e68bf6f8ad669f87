import { uuid, type Random } from './random.ts'

/** An event of the topic `ads.payment-captured.v1`, as a well-behaved producer writes it. Amounts are in cents. */
export interface PaymentCaptured {
  event_id: string
  event_type: 'payment.captured'
  occurred_at: string
  buyer: { id: string; email: string }
  payment: {
    id: string
    ad_id: string
    method: 'card' | 'transfer' | 'wallet'
    currency: 'EUR' | 'CHF'
    gross: number
    fee: number
    net: number
    ordered_at: string
    captured_at: string
    card?: { brand: string; last4: string }
  }
}

const METHODS = ['card', 'card', 'card', 'transfer', 'wallet'] as const
const BRANDS = ['visa', 'mastercard', 'cb'] as const
const SHORTEST_CAPTURE_MS = 1000
const LONGEST_CAPTURE_MS = 3_600_000

/** Makes one payment that keeps every promise of the contract in rules/ads. */
export function makePaymentCaptured(random: Random, occurredAtMs: number): PaymentCaptured {
  const buyer = 100_000 + random.below(900_000)
  return {
    event_id: uuid(random),
    event_type: 'payment.captured',
    occurred_at: new Date(occurredAtMs).toISOString(),
    buyer: { id: `u-${buyer}`, email: `buyer.${buyer}@mail.example.org` },
    payment: makePayment(random, occurredAtMs),
  }
}

function makePayment(random: Random, capturedAtMs: number): PaymentCaptured['payment'] {
  const gross = 1000 + random.below(900_000)
  const fee = Math.floor((gross * (2 + random.below(17))) / 100)
  const orderedAtMs = capturedAtMs - SHORTEST_CAPTURE_MS - random.below(LONGEST_CAPTURE_MS)
  const method = random.pick(METHODS)
  return {
    id: `p-${10_000_000 + random.below(80_000_000)}`,
    ad_id: `ad-${10_000_000 + random.below(80_000_000)}`,
    method,
    currency: random.pick(['EUR', 'EUR', 'EUR', 'CHF']),
    gross,
    fee,
    net: gross - fee,
    ordered_at: new Date(orderedAtMs).toISOString(),
    captured_at: new Date(capturedAtMs).toISOString(),
    ...(method === 'card'
      ? { card: { brand: random.pick(BRANDS), last4: String(1000 + random.below(9000)) } }
      : {}),
  }
}
