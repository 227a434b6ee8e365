/**
 * What messages go through: a Web Worker or, inside one, `self`; a `MessagePort`; a `Worker` of `node:worker_threads` or, inside one,
 * `parentPort`. The former have `addEventListener`, the latter `on`.
 */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener?(type: string, listener: (event: object) => void): void;
  removeEventListener?(type: string, listener: (event: object) => void): void;
  on?(type: string, listener: (value: unknown) => void): unknown;
  off?(type: string, listener: (value: unknown) => void): unknown;
  /** Of a `MessagePort`, which holds messages back until then. */
  start?(): void;
}

/** Calls `listener` with the data of messages (of other events with the event or value) until the function returned is called. */
export function listen(channel: Channel, type: string, listener: (data: unknown) => void): () => void {
  if (channel.addEventListener !== undefined) {
    const onEvent = (event: object): void => listener('data' in event ? event.data : event);
    channel.addEventListener(type, onEvent);
    channel.start?.();
    return () => channel.removeEventListener?.(type, onEvent);
  }
  const onValue = (value: unknown): void => listener(value);
  channel.on?.(type, onValue);
  return () => void channel.off?.(type, onValue);
}
