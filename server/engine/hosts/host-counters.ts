/** What all hosts together did since the process started; read by `/metrics`. Grows only. */
export interface HostCounters {
  eventsSeen: number;
  eventsRepeated: number;
  eventStreamBreaks: number;
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
