import { FAR_FUTURE, set, type Plant } from './ad-faults.ts'
import type { PaymentCaptured } from './payment-captured.ts'

/** The ways in which a payment goes wrong, by name. Each breaks at least one rule of the contract in rules/ads. */
export const PAYMENT_FAULTS: Readonly<Record<string, Plant<PaymentCaptured>>> = {
  one_cent_lost: ({ payment }) => set(payment, 'net', payment.net - 1),
  fee_missing: ({ payment }) => set(payment, 'fee', undefined),
  fee_too_high: ({ payment }) => {
    payment.fee = Math.ceil(payment.gross * 0.3)
    payment.net = payment.gross - payment.fee
  },
  net_is_null: ({ payment }) => set(payment, 'net', null),
  net_is_text: ({ payment }) => set(payment, 'net', String(payment.net)),
  // The condition of a rule can't be decided then: an error, not a fail.
  gross_is_text: ({ payment }) => set(payment, 'gross', String(payment.gross)),
  gross_missing: ({ payment }) => set(payment, 'gross', undefined),
  gross_zero: ({ payment }) => Object.assign(payment, { gross: 0, fee: 0, net: 0 }),
  gross_negative: ({ payment }) =>
    Object.assign(payment, { gross: -payment.gross, fee: 0, net: -payment.gross }),
  currency_unknown: ({ payment }) => set(payment, 'currency', 'GBP'),
  captured_before_ordered: ({ payment }) => {
    const { ordered_at: orderedAt, captured_at: capturedAt } = payment
    Object.assign(payment, { ordered_at: capturedAt, captured_at: orderedAt })
  },
  captured_at_missing: ({ payment }) => set(payment, 'captured_at', undefined),
  ordered_at_is_no_time: ({ payment }) => set(payment, 'ordered_at', 'last week'),
  from_the_future: (event) => set(event, 'occurred_at', FAR_FUTURE),
  card_missing: ({ payment }) => {
    payment.method = 'card'
    set(payment, 'card', undefined)
  },
  whole_card_number: ({ payment }) => {
    payment.method = 'card'
    payment.card = { brand: 'visa', last4: '4000000000000002' }
  },
  last4_is_number: ({ payment }) => {
    payment.method = 'card'
    set(payment, 'card', { brand: 'visa', last4: 4242 })
  },
  method_unknown: ({ payment }) => set(payment, 'method', 'cheque'),
  ad_id_malformed: ({ payment }) => set(payment, 'ad_id', '10000000'),
  payment_missing: (event) => set(event, 'payment', undefined),
}
