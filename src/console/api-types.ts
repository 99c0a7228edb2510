// Generated from the schemas of /api/v1/openapi.json: after a change there run
// npx vitest run --project fast tests/unit/adapters/http/openapi.test.ts -u
// biome-ignore-all format: generated

export type Ack = {
  readonly building: string
  readonly id: string
  readonly seq: number
  /** UTC epoch milliseconds */
  readonly at: number
  readonly state: 'accepted' | 'applied' | 'limited' | 'rejected' | 'superseded' | 'expired' | 'overridden'
  readonly applied?: Readonly<Record<string, number | null>>
  readonly reason?: string
}

export type AuditEntry = {
  /** UTC epoch milliseconds */
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly building?: string
  readonly detail: string
}

export type Building = BuildingSummary & {
  readonly zones: readonly Zone[]
  readonly overrides: readonly Override[]
  readonly model: {
    readonly airKwhPerK: number
    readonly massKwhPerK: number
    readonly couplingKwPerK: number
    readonly airLossKwPerK: number
    readonly massLossKwPerK: number
    readonly apertureM2: number
    readonly gainsKw: number
    readonly heatToAirRatio: number
  }
  readonly modelSource: 'configured' | 'prior' | 'learned'
  readonly identification: Identification | null
  readonly rejectedByCode: {
    readonly 'unknown-topic'?: number
    readonly 'unknown-building'?: number
    readonly 'wrong-building'?: number
    readonly 'too-large'?: number
    readonly empty?: number
    readonly 'not-utf8'?: number
    readonly 'not-json'?: number
    readonly 'too-deep'?: number
    readonly 'bad-shape'?: number
    readonly 'bad-number'?: number
    readonly 'out-of-range'?: number
    readonly 'bad-time'?: number
    readonly 'seconds-for-milliseconds'?: number
    readonly 'too-old'?: number
    readonly 'in-future'?: number
    readonly 'no-readings'?: number
    readonly 'counter-reset'?: number
    readonly 'not-allowed'?: number
    readonly 'store-failed'?: number
  }
  readonly plan: Plan | null
  readonly heatForecast: HeatForecast | null
}

export type BuildingPage = {
  readonly buildings: readonly BuildingSummary[]
  /** ask again with `after` set to this; null at the end */
  readonly next: string | null
}

export type BuildingSummary = {
  readonly id: string
  readonly name: string
  readonly kind: 'concrete-block' | 'insulated-block' | 'school' | 'row-house' | 'heat-pump-block'
  readonly simulated: boolean
  readonly mode: OperatorMode
  readonly steeredBy: 'lease' | 'curve' | 'hold' | 'lost'
  readonly online: boolean
  /** UTC epoch milliseconds */
  readonly lastSampleAt: number | null
  /** null where nobody knows */
  readonly heatKw: number | null
  /** estimate of what its own curve would take now */
  readonly curveHeatKw: number | null
  /** null without an indoor sensor: comfort is never claimed */
  readonly coldestC: number | null
  /** null where nobody knows */
  readonly meanC: number | null
  /** null where nobody knows */
  readonly warmestC: number | null
  /** null where nobody knows */
  readonly supplyC: number | null
  readonly comfort: {
    readonly minC: number
    readonly maxC: number
  }
  readonly lease: Lease | null
  readonly ack: Ack | null
  /** messages of this building that were refused */
  readonly rejected: number
  /** sensor faults and saturation, one word each */
  readonly flags: readonly string[]
}

export type Co2 = {
  /** emissions of a kilowatt-hour of electricity */
  readonly gPerKwh: readonly (number | null)[]
  /** from here on they are our estimate */
  readonly knownUntil: number
  readonly source: Provenance
}

export type Commitment = {
  /** the order behind it; `cap` of the plant’s own cap, `cap:<branch>` of a branch’s */
  readonly id: string
  /** what the meters of the steered buildings are to show now */
  readonly committedKw: number
  /** what they are thought to show, moves of the last moment in it */
  readonly estimatedKw: number
  /** what is missing and no building has room for */
  readonly unmetKw: number
  /** what meters show beyond the plans, smoothed */
  readonly biasKw: number
  /** buildings that do not follow, whose share others take */
  readonly dropped: readonly string[]
  /** buildings whose meters are too old to go by */
  readonly silent: readonly string[]
}

export type Estimate = {
  readonly value: number
  /** of the 95 % interval; null where the data set no limit */
  readonly low: number | null
  /** null where nobody knows */
  readonly high: number | null
}

export type Fleet = {
  /** UTC epoch milliseconds */
  readonly at: number
  /** UTC epoch milliseconds */
  readonly startedAt: number
  readonly version: string
  /** 1 is real time; 60 makes an hour a minute */
  readonly speed: number
  readonly simulated: boolean
  readonly broker: string
  readonly store: string
  readonly prices: Provenance | null
  readonly weather: Provenance | null
  readonly lastTurn: Turn | null
  /** null where nobody knows */
  readonly heatKw: number | null
  /** null where nobody knows */
  readonly curveHeatKw: number | null
  readonly buildings: readonly BuildingSummary[]
}

export type FleetPlan = {
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  readonly heatKw: readonly number[]
  readonly curveHeatKw: readonly number[]
  readonly history: {
    readonly at: readonly number[]
    readonly heatKw: readonly (number | null)[]
    /** what the curves would have taken, an estimate */
    readonly curveHeatKw: readonly (number | null)[]
  }
  readonly together: Together | null
}

export type Flexibility = {
  /** UTC epoch milliseconds */
  readonly issuedAt: number
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  /** share of calls in which at least `kw` is expected to be delivered */
  readonly confidence: number
  /** counted on */
  readonly buildings: number
  /** not counted on, by why: no-plan, offline, overridden, refuses, protected, no-writes, not-finite */
  readonly withheld: Readonly<Record<string, number>>
  readonly slices: readonly FlexibilitySlice[]
  /** in force now */
  readonly commitments: readonly Commitment[]
}

export type FlexibilitySlice = {
  /** less heat than planned, or more */
  readonly direction: 'down' | 'up'
  /** how long it holds */
  readonly durationMinutes: number
  /** how long before its start it must be called at the latest */
  readonly noticeMinutes: number
  /** offered, for a start in each slot */
  readonly kw: readonly number[]
  /** expected of the same buildings */
  readonly meanKw: readonly number[]
  /** standard deviation of that */
  readonly sigmaKw: readonly number[]
  /** cost by the prices of the plan, any sign; null where nothing can be had */
  readonly eurPerKwh: readonly (number | null)[]
  /** heat that comes back afterwards */
  readonly reboundKwhPerKwh: readonly (number | null)[]
  /** and its power */
  readonly reboundKwPerKw: readonly (number | null)[]
}

export type Forecast = {
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  readonly eurPerMwh: readonly (number | null)[]
  /** prices from here on are our estimate */
  readonly priceKnownUntil: number
  /** a tenth of prices is expected below; null where published or unknown */
  readonly eurPerMwhLow: readonly (number | null)[]
  /** a tenth of prices is expected above; null where published or unknown */
  readonly eurPerMwhHigh: readonly (number | null)[]
  /** how prices beyond the published ones were found */
  readonly pricesBeyond: 'forecast' | 'profile'
  readonly outdoorC: readonly (number | null)[]
  readonly solarWm2: readonly (number | null)[]
  readonly prices: Provenance
  readonly weather: Provenance
  readonly co2: Co2 | null
  readonly production: Production | null
  readonly heat: HeatForecast | null
}

export type Health = {
  readonly status: 'ok' | 'degraded'
  /** UTC epoch milliseconds */
  readonly at: number
  readonly reasons: readonly string[]
  readonly brokerConnected: boolean
  readonly storeWritable: boolean
  /** UTC epoch milliseconds */
  readonly lastTurnAt: number | null
}

export type HeatForecast = {
  /** UTC epoch milliseconds */
  readonly issuedAt: number
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  /** whether our plan or the own curve is foreseen */
  readonly basis: 'as-planned' | 'on-curve'
  /** whether errors seen or a guess make the quantiles */
  readonly source: 'learned' | 'prior'
  /** all heat through the meter, hot water included; quantiles of hourly means */
  readonly p10Kw: readonly number[]
  readonly p50Kw: readonly number[]
  readonly p90Kw: readonly number[]
  /** the same with nobody steering */
  readonly curveKw: readonly number[]
  /** of about the last ten days, like with like */
  readonly accuracy: readonly LeadAccuracy[]
}

export type Identification = {
  /** shut: on its own curve until the model is understood */
  readonly gate: 'open' | 'shut'
  readonly reasons: readonly {
    readonly code: string
    readonly text: string
  }[]
  /** when the fit that counts was made; null before the first night */
  readonly learnedAt: number | null
  /** the last night that looked */
  readonly checkedAt: number | null
  /** of telemetry behind the fit */
  readonly days: number | null
  readonly heatLossKwPerK: Estimate | null
  /** rooms after two hours of one kilowatt more */
  readonly response2hKPerKw: Estimate | null
  readonly timeConstantHours: Estimate | null
  /** rooms predicted 24 h ahead on days that the fit had not seen */
  readonly dayAheadRmseK: number | null
  /** the same by saying that rooms stay as they are */
  readonly persistenceRmseK: number | null
  /** the heat loss against a month before and more, where it has clearly changed */
  readonly drift: {
    readonly ratio: number
    /** UTC epoch milliseconds */
    readonly since: number
  } | null
}

export type LeadAccuracy = {
  /** the hour that ends so long after the forecast begins */
  readonly leadHours: number
  /** forecasts measured */
  readonly scored: number
  /** mean absolute error of the median */
  readonly maeKw: number
  /** share of hours within the 80 % interval */
  readonly coverage80: number
  /** mean width of that interval */
  readonly width80Kw: number
}

export type Lease = {
  readonly id: string
  readonly building: string
  readonly seq: number
  /** UTC epoch milliseconds */
  readonly issuedAt: number
  /** UTC epoch milliseconds */
  readonly validFrom: number
  /** UTC epoch milliseconds */
  readonly validUntil: number
  readonly steps: readonly ({
    /** UTC epoch milliseconds */
    readonly from: number
    readonly supplyOffsetK?: number | null
    readonly roomSetpointC?: number | null
    readonly supplyC?: number | null
    readonly heatLimitKw?: number | null
  })[]
  readonly mode: 'auto' | 'order' | 'emergency' | 'release'
  readonly reason: {
    readonly code: string
    readonly text: string
  }
}

export type Ledger = {
  /** 0 where all gave alike, towards 1 where one gave all */
  readonly gini: number
  readonly buildings: readonly {
    readonly building: string
    /** kelvin-hours */
    readonly takenKh: number
  }[]
}

export type ModeAnswer = {
  readonly building: string
  readonly mode: OperatorMode
}

export type ModeRequest = {
  readonly mode: 'auto'
} | {
  readonly mode: 'curve'
} | {
  readonly mode: 'hold'
  /** on the supply setpoint of the local curve, K; what it has now where left out */
  readonly supplyOffsetK?: number
}

export type OperatorMode = {
  readonly kind: 'auto' | 'curve'
} | {
  readonly kind: 'hold'
  readonly supplyOffsetK: number
}

export type Order = {
  readonly id: string
  readonly kind: 'cap' | 'reduce' | 'increase' | 'emergency'
  readonly kw: number
  /** UTC epoch milliseconds */
  readonly from: number
  /** UTC epoch milliseconds */
  readonly until: number
  readonly branch?: string
  readonly note?: string
  readonly state: 'accepted' | 'running' | 'releasing' | 'done' | 'cancelled' | 'refused'
  /** UTC epoch milliseconds */
  readonly placedAt: number
  readonly placedBy: string
  /** UTC epoch milliseconds */
  readonly endedAt: number | null
  readonly promised: OrderPromise | null
  /** mean so far, metered, against the frozen baseline; of a cap the largest flow, by meters and forecast */
  readonly deliveredKw: number | null
  readonly refusal: OrderRefusal | null
}

export type OrderDetail = Order & {
  /** null where the order was refused */
  readonly series: {
    /** UTC epoch milliseconds */
    readonly start: number
    readonly stepMs: number
    /** without the order and its pre-heating, frozen when it was accepted */
    readonly baselineFlowKw: readonly number[]
    readonly plannedFlowKw: readonly number[]
    /** the steered buildings alone, as their meters would show */
    readonly baselineMeteredKw: readonly (number | null)[]
    /** what they did show; null where nobody knows yet */
    readonly meteredKw: readonly (number | null)[]
  } | null
}

export type OrderPromise = {
  /** in the order’s own terms; of an emergency the least that it takes away */
  readonly kw: number
  /** how far the flow rises above the baseline in the day after, at most */
  readonly reboundKw: number
  /** and in sum */
  readonly reboundKwh: number
  /** kelvin-hours below their band that it costs all buildings together */
  readonly underKh: number
}

export type OrderQuote = {
  /** the most of its kind that can be met throughout; of a cap the lowest */
  readonly deliverableKw: number | null
  /** mean flow meanwhile without it */
  readonly baselineKw: number | null
  readonly promised: OrderPromise | null
  readonly refusal: OrderRefusal | null
}

export type OrderRefusal = {
  readonly code: 'kw-out-of-range' | 'ends-before-it-starts' | 'in-the-past' | 'beyond-horizon' | 'unknown-branch' | 'too-many-orders' | 'contradictory' | 'nobody-to-ask' | 'not-planned' | 'more-than-deliverable'
  readonly detail: string
  /** what would be accepted; of a cap the lowest */
  readonly deliverableKw?: number
}

export type OrderRequest = {
  readonly kind: 'cap' | 'reduce' | 'increase' | 'emergency'
  /** not negative: the cap, or how much less or more; an emergency needs none */
  readonly kw?: number
  /** UTC epoch milliseconds, or ISO 8601 with an offset */
  readonly from: number
  /** UTC epoch milliseconds, or ISO 8601 with an offset */
  readonly until: number
  /** of the network; all of it where left out */
  readonly branch?: string
  readonly note?: string
}

export type Override = {
  readonly building: string
  readonly kind: 'abort' | 'warmer' | 'cooler' | 'away'
  readonly deltaK: number
  /** UTC epoch milliseconds */
  readonly untilAt: number
  readonly by: 'resident' | 'owner'
  readonly zone?: string
}

export type Place = {
  /** null is the plant */
  readonly branch: string | null
  /** all heat that passes, as planned and forecast */
  readonly flowKw: readonly number[] | null
  readonly capKw: number | null
  /** largest excess over the cap as a share of it */
  readonly violation: number
  /** what one more MWh costs here: the margin of the plan, never a tariff */
  readonly marginalEurPerMwh: readonly number[] | null
}

export type Plan = {
  /** UTC epoch milliseconds */
  readonly madeAt: number
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  readonly heatKw: readonly number[]
  readonly curveHeatKw: readonly number[]
  readonly indoorC: readonly (number | null)[]
  readonly eurPerKwh: readonly number[]
  readonly outcome: 'solved' | 'band-broken' | 'not-solved'
  /** kelvin-hours that the plan leaves below the band */
  readonly underKh: number
  /** kelvin-hours that the plan leaves above the band */
  readonly overKh: number
}

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
  /** how much of a refused order would be accepted */
  readonly deliverableKw?: number
  readonly errors?: readonly {
    readonly path: string
    readonly message: string
  }[]
}

export type Production = {
  /** its slots begin here; seen anew each full hour */
  readonly start: number
  /** what one more MWh of heat would cost to make */
  readonly marginalEurPerMwh: readonly number[]
  /** what owners pay for one, the mean of the buildings */
  readonly tariffEurPerMwh: readonly number[]
  /** mean emissions of the heat */
  readonly heatGPerKwh: readonly number[]
  /** all heat that leaves the plant, with everybody on the curves */
  readonly heatKw: readonly number[]
  readonly units: readonly {
    readonly unit: string
    readonly heatKw: readonly number[]
  }[]
  /** outages, and where the dispatch is not runnable */
  readonly notes: readonly string[]
}

export type Provenance = {
  readonly source: string
  readonly kind: 'measured' | 'forecast' | 'synthetic' | 'estimated'
  /** UTC epoch milliseconds */
  readonly issuedAt: number
  /** the better source that failed, and why */
  readonly standsInFor?: string
}

export type Rejection = {
  /** UTC epoch milliseconds */
  readonly at: number
  readonly topic: string
  readonly building?: string
  readonly code: 'unknown-topic' | 'unknown-building' | 'wrong-building' | 'too-large' | 'empty' | 'not-utf8' | 'not-json' | 'too-deep' | 'bad-shape' | 'bad-number' | 'out-of-range' | 'bad-time' | 'seconds-for-milliseconds' | 'too-old' | 'in-future' | 'no-readings' | 'counter-reset' | 'not-allowed' | 'store-failed'
  readonly detail: string
  /** its first 200 bytes, printable */
  readonly head: string
}

export type Sample = {
  readonly building: string
  /** UTC epoch milliseconds */
  readonly at: number
  readonly seq?: number
  readonly intervalS: number
  readonly readings: {
    readonly heatKw?: number
    readonly energyKwh?: number
    readonly flowM3h?: number
    readonly volumeM3?: number
    readonly primarySupplyC?: number
    readonly primaryReturnC?: number
    readonly supplyC?: number
    readonly returnC?: number
    readonly curveSupplyC?: number
    readonly spaceHeatKw?: number
    readonly ventHeatKw?: number
    readonly dhwKw?: number
    readonly dhwC?: number
    readonly electricKw?: number
    readonly copRatio?: number
    readonly indoorC?: number
    readonly outdoorC?: number
    readonly heatSource?: string
    readonly zones?: Readonly<Record<string, {
      readonly indoorC?: number
      readonly setpointC?: number
      readonly rhPercent?: number
      readonly windowOpen?: boolean
    }>>
    readonly circuits?: Readonly<Record<string, {
      readonly kind?: 'radiator' | 'floor' | 'ventilation' | 'dhw'
      readonly supplyC?: number
      readonly returnC?: number
      readonly supplySetpointC?: number
      readonly valvePercent?: number
      readonly pumpOn?: boolean
    }>>
  }
}

export type Series = {
  readonly building: string
  /** UTC epoch milliseconds */
  readonly from: number
  /** UTC epoch milliseconds */
  readonly to: number
  readonly samples: readonly Sample[]
  /** ask again with `from` set to this; null at the end */
  readonly next: number | null
}

export type Settlement = {
  /** whether anything is claimed at all */
  readonly status: 'metered' | 'partly-metered' | 'not-metered'
  /** share of the order’s quarter-hours that were metered so far */
  readonly measuredShare: number
  /** meters that said nothing for so many quarter-hours: their own curve stands in */
  readonly silent: readonly {
    readonly building: string
    readonly slots: number
  }[]
  /** whether the frozen baseline carries the claim: how far plans were off before, against the order */
  readonly doubt: 'none' | 'unknown' | 'large'
  /** what meters showed beyond plans in the hours before it was accepted, mean */
  readonly baselineBiasKw: number | null
  /** the same as root mean square */
  readonly baselineErrorKw: number | null
  /** mean delivered, were plans as far off as before */
  readonly adjustedKw: number | null
  /** over the metered quarter-hours */
  readonly promisedKwh: number
  /** null where nobody knows */
  readonly deliveredKwh: number | null
  /** mean */
  readonly deliveredKw: number | null
  /** of what was promised */
  readonly deliveredShare: number | null
  /** share of quarter-hours in which all of it was delivered */
  readonly heldShare: number | null
  /** the most that was missing in one */
  readonly worstShortfallKw: number | null
  /** the most above the baseline in the day after */
  readonly reboundKw: number | null
  /** what came back in it, less what stayed away */
  readonly reboundKwh: number | null
  /** share of that day that was metered so far */
  readonly reboundMeasuredShare: number
  /** the steepest change from one quarter-hour to the next that the order brought */
  readonly rampKw: number | null
  /** how unequally kelvin-hours were taken so far; 0 is even */
  readonly gini: number | null
}

export type Together = {
  /** UTC epoch milliseconds */
  readonly start: number
  readonly stepMs: number
  readonly status: 'solved' | 'max-iterations'
  /** what the plan may be dearer than the best, as a share of the bill for heat */
  readonly gap: number
  /** buildings whose models cannot be planned with */
  readonly excluded: readonly string[]
  /** the plant first */
  readonly places: readonly Place[]
}

export type Turn = {
  /** UTC epoch milliseconds */
  readonly at: number
  readonly tookMs: number
  readonly planned: number
  readonly leased: number
  readonly onCurve: number
  readonly text: string
}

export type Zone = {
  readonly zone: string
  /** null where nobody knows */
  readonly indoorC: number | null
  readonly state: string
}
