/** What is read from files, after it has been held against its shape. */
export interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly TargetJson[]
  readonly options?: {
    readonly content?: string
    readonly sortBy?: readonly { displayName: string }[]
    readonly colorMode?: string
    readonly textMode?: string
  }
  readonly fieldConfig?: {
    readonly defaults: LookJson
    readonly overrides: readonly OverrideJson[]
  }
  readonly transformations?: readonly {
    readonly id: string
    readonly options: { readonly renameByName?: Readonly<Record<string, string>> }
  }[]
}

export interface TargetJson {
  readonly refId: string
  readonly expr: string
  readonly legendFormat: string
  readonly instant: boolean
  readonly range: boolean
  readonly format: string
}

export interface LookJson {
  readonly unit?: string
  readonly decimals?: number
  readonly color?: { readonly mode: string }
  readonly custom?: {
    readonly drawStyle: string
    readonly stacking: { readonly mode: string }
    readonly thresholdsStyle: { readonly mode: string }
  }
  readonly thresholds?: { readonly steps: readonly StepJson[] }
  readonly mappings?: readonly MappingJson[]
}

export interface StepJson {
  readonly color: string
  readonly value: number | null
}

export interface MappingJson {
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string }>>
}

export interface OverrideJson {
  readonly matcher: { readonly options: string }
  readonly properties: readonly { readonly id: string; readonly value: unknown }[]
}

export interface LinkJson {
  readonly type: string
  readonly url?: string
  readonly tags: readonly string[]
  readonly keepTime: boolean
  readonly includeVars: boolean
}

export interface AnnotationJson {
  readonly expr: string
  readonly step: string
  readonly titleFormat: string
  readonly textFormat: string
  readonly tagKeys: string
}

export interface BoardJson {
  readonly uid: string
  readonly title: string
  readonly tags: readonly string[]
  readonly links: readonly LinkJson[]
  readonly templating: {
    readonly list: readonly {
      readonly name: string
      readonly query: string | { readonly query: string }
      readonly definition?: string
      readonly current?: { readonly text: readonly string[]; readonly value: readonly string[] }
    }[]
  }
  readonly annotations: { readonly list: readonly AnnotationJson[] }
  readonly panels: readonly PanelJson[]
}

/** A dashboard of a folder. */
export interface Board {
  readonly path: string
  readonly board: BoardJson
  readonly text: string
}
