/** What is read from files, after it has been held against its shape. */
export interface PanelJson {
  readonly id: number
  readonly type: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly {
    readonly refId: string
    readonly expr: string
    readonly legendFormat: string
  }[]
  readonly options?: { readonly content?: string }
}

export interface BoardJson {
  readonly uid: string
  readonly links: readonly { readonly url?: string }[]
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { readonly query: string } }[]
  }
  readonly annotations: { readonly list: readonly { readonly expr: string }[] }
  readonly panels: readonly PanelJson[]
}

/** A dashboard of a folder. */
export interface Board {
  readonly path: string
  readonly board: BoardJson
  readonly text: string
}
