/** What all panels ask: the Prometheus that the viewer chooses. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const
