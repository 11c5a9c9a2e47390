/** What all hosts together did since the process started; read by `/metrics`. Grows only. */
export interface HostCounters {
  eventsSeen: number;
  eventsRepeated: number;
  eventStreamBreaks: number;
  /** Containers whose change was learnt by looking where an event pointed. */
  changesByEvent: number;
  /** Containers whose change only a full list told: nothing pointed there. */
  changesByList: number;
  /** Event streams that were there and did not tell a change: they are opened anew. */
  eventStreamsMute: number;
  relists: number;
  inspections: number;
  pings: number;
  pingsFailed: number;
  samples: number;
  samplesFailed: number;
  surplusRemoved: number;
  hostsLost: number;
}

export function createHostCounters(): HostCounters {
  return {
    eventsSeen: 0,
    eventsRepeated: 0,
    eventStreamBreaks: 0,
    changesByEvent: 0,
    changesByList: 0,
    eventStreamsMute: 0,
    relists: 0,
    inspections: 0,
    pings: 0,
    pingsFailed: 0,
    samples: 0,
    samplesFailed: 0,
    surplusRemoved: 0,
    hostsLost: 0,
  };
}
