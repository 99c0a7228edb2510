export interface ReplayOptions {
  readonly scenario: string
  readonly out: string
  readonly json?: boolean | undefined
  readonly workers: number
}

export async function runReplay(options: ReplayOptions): Promise<number> {
  void options
  return 2
}
