import { Inflate } from 'fflate';

/** At most about a thousand times as much comes out of one step, so a lie about the size is noticed within some megabytes. */
const STEP_BYTES = 16 * 1024;

/** Unpacks DEFLATE data that is said to have `size` bytes. Null when it is damaged, or has more or fewer: then it is given up at once. */
export function inflateBounded(packed: Uint8Array, size: number): Uint8Array | null {
  const unpacked = new Uint8Array(size);
  let length = 0;
  const inflate = new Inflate((chunk) => {
    if (length + chunk.length <= size) unpacked.set(chunk, length);
    length += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length && length <= size; at += STEP_BYTES) {
      inflate.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length);
    }
  } catch {
    // The library throws for every kind of damage, and the kind would help nobody.
    return null;
  }
  return length === size ? unpacked : null;
}
