import { useState } from 'preact/hooks'
import { placeOrder, quoteOrder } from '../api-client.ts'
import type { OrderQuote, OrderRequest } from '../api-types.ts'
import {
  firstWindow,
  inputTime,
  KIND_WORDS,
  ORDER_KINDS,
  type OrderKind,
  quoteSentences,
} from '../order-words.ts'

interface OrderFormProps {
  readonly at: number
  readonly close: (outcome: string) => void
}

interface Quoted {
  readonly request: OrderRequest
  readonly quote: OrderQuote
}

/** Nothing is placed before its answer has been seen: what it brings is asked first. */
export function OrderForm({ at, close }: OrderFormProps) {
  const [fields, setFields] = useState(() => firstFields(at))
  const [quoted, setQuoted] = useState<Quoted | null>(null)
  const [outcome, setOutcome] = useState('')
  const change = (changed: Partial<Fields>) => {
    setFields({ ...fields, ...changed })
    setQuoted(null)
  }
  const quote = async (event: Event) => {
    event.preventDefault()
    const request = requestOf(fields)
    setOutcome('The fleet is planned with it …')
    const answer = await quoteOrder(request)
    setOutcome(answer.ok ? '' : `Not asked: ${answer.why}`)
    if (answer.ok) setQuoted({ request, quote: answer.value })
  }
  const place = async ({ request }: Quoted) => {
    setOutcome('Placing …')
    const answer = await placeOrder(request)
    if (answer.ok) close(`${answer.value.id} is accepted. It is in the audit.`)
    else setOutcome(`Not accepted: ${answer.why}`)
  }
  return (
    <form class="order-form" onSubmit={(event) => void quote(event)}>
      <OrderFields fields={fields} change={change} />
      <div class="order-buttons">
        {quoted && !quoted.quote.refusal ? (
          <button type="button" class="primary" onClick={() => void place(quoted)}>
            Place it
          </button>
        ) : (
          <button type="submit" class="primary">
            What would it bring?
          </button>
        )}
        <button type="button" onClick={() => close('')}>
          Leave it
        </button>
      </div>
      <div class="order-quote" role="status" aria-live="polite" data-refused={quoted?.quote.refusal != null}>
        {outcome && <p>{outcome}</p>}
        {quoted &&
          quoteSentences(quoted.quote, quoted.request).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
    </form>
  )
}

interface Fields {
  readonly kind: OrderKind
  readonly kw: number
  readonly from: string
  readonly until: string
  readonly branch: string
  readonly note: string
}

function firstFields(at: number): Fields {
  const { from, until } = firstWindow(at)
  return { kind: 'reduce', kw: 50, from: inputTime(from), until: inputTime(until), branch: '', note: '' }
}

function requestOf({ kind, kw, from, until, branch, note }: Fields): OrderRequest {
  return {
    kind,
    ...(kind !== 'emergency' && { kw }),
    from: new Date(from).getTime(),
    until: new Date(until).getTime(),
    ...(branch && { branch }),
    ...(note && { note }),
  }
}

interface OrderFieldsProps {
  readonly fields: Fields
  readonly change: (changed: Partial<Fields>) => void
}

function OrderFields({ fields, change }: OrderFieldsProps) {
  return (
    <>
      <label>
        What
        <select
          value={fields.kind}
          onChange={(event) => change({ kind: ORDER_KINDS[event.currentTarget.selectedIndex] ?? 'reduce' })}
        >
          {ORDER_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]}
            </option>
          ))}
        </select>
      </label>
      {fields.kind !== 'emergency' && (
        <label>
          kW
          <input
            type="number"
            min={0}
            step="any"
            required
            value={fields.kw}
            onInput={(event) => change({ kw: event.currentTarget.valueAsNumber })}
          />
        </label>
      )}
      <label>
        From
        <input
          type="datetime-local"
          required
          value={fields.from}
          onInput={(event) => change({ from: event.currentTarget.value })}
        />
      </label>
      <label>
        Until
        <input
          type="datetime-local"
          required
          value={fields.until}
          onInput={(event) => change({ until: event.currentTarget.value })}
        />
      </label>
      <label>
        Branch
        <input
          type="text"
          maxLength={64}
          placeholder="all of the network"
          value={fields.branch}
          onInput={(event) => change({ branch: event.currentTarget.value })}
        />
      </label>
      <label>
        Note
        <input
          type="text"
          maxLength={500}
          value={fields.note}
          onInput={(event) => change({ note: event.currentTarget.value })}
        />
      </label>
    </>
  )
}
