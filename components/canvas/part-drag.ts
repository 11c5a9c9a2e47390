/** What a drag from the palette carries its part as. */
export const PART_DRAG = 'application/x-clocker-part';
