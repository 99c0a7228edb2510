interface TableToolsProps {
  readonly all: number
  readonly flagged: number
  readonly onlyTrouble: boolean
  readonly setOnlyTrouble: (only: boolean) => void
  readonly sought: string
  readonly seek: (text: string) => void
}

export function TableTools({ all, flagged, onlyTrouble, setOnlyTrouble, sought, seek }: TableToolsProps) {
  return (
    <div class="tools">
      <fieldset class="switch">
        <legend class="unseen">Which buildings</legend>
        <button type="button" aria-pressed={!onlyTrouble} onClick={() => setOnlyTrouble(false)}>
          All <b>{all}</b>
        </button>
        <button type="button" aria-pressed={onlyTrouble} onClick={() => setOnlyTrouble(true)}>
          Flagged <b>{flagged}</b>
        </button>
      </fieldset>
      <label>
        <span class="unseen">Find a building</span>
        <input
          type="search"
          placeholder="Find a building"
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
      </label>
    </div>
  )
}
