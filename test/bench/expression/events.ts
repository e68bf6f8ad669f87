/** A classified ad, as JSON.parse gives it. */
export interface AdEvent {
  readonly occurred_at: string
  readonly user: { readonly id: string; readonly type: string }
  readonly ad: {
    readonly title: string
    readonly price: { readonly amount: number; readonly currency: string }
    readonly images: readonly string[]
    readonly attributes: readonly { readonly key: string; readonly value: string }[]
    readonly offers: readonly Offer[]
  }
}

export interface Offer {
  readonly buyer: string
  readonly amount: number
  readonly status: string
}

/** Events of the form that the rules of the benchmark are for, each a little different. */
export function adEvents(count: number): readonly AdEvent[] {
  return Array.from({ length: count }, (_, index) => JSON.parse(JSON.stringify(adEvent(index))))
}

function adEvent(index: number): object {
  return {
    event_id: `e-${index}`,
    occurred_at: new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString(),
    user: {
      id: `u-${index % 97}`,
      type: index % 3 === 0 ? 'pro' : 'private',
      ...(index % 3 === 0 && { siret: '12345678901234' }),
    },
    ad: adOf(index),
    location: { lat: 41 + (index % 10), lng: (index % 15) - 5, city: 'Lyon' },
  }
}

function adOf(index: number): object {
  return {
    id: `a-${index}`,
    status: index % 5 === 0 ? 'paused' : 'active',
    category: 'cars',
    title: `Compact car number ${index}, one owner`,
    price: { amount: 1000 + (index % 5000), currency: index % 2 === 0 ? 'EUR' : 'CHF' },
    images: Array.from(
      { length: index % 4 },
      (_, image) => `https://images.example.org/${index}/${image}.jpg`,
    ),
    attributes: [
      { key: 'brand', value: 'example' },
      { key: 'year', value: String(1990 + (index % 30)) },
      { key: 'fuel', value: 'petrol' },
    ],
    offers: Array.from({ length: 8 }, (_, offer) => ({
      buyer: `u-${(index + offer * 31) % 97}`,
      amount: 900 + ((index * 7 + offer * 131) % 900),
      status: offer % 3 === 0 ? 'open' : 'closed',
    })),
  }
}
